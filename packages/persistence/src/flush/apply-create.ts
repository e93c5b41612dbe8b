import { type CreateCommand, type CreateResult, liveStatus } from "@waymark/engine/backend";
import { toGrant } from "../grants.ts";
import { NOT_ENDED } from "../instance-status.ts";
import { toInstance } from "../record-mapper.ts";
import type { CreatedRun } from "./flush.ts";
import { type KnownNode, KnownRun, RunChanges } from "./known-run.ts";
import { grantNode, openNode } from "./open-known.ts";

/** The newest run is the first: the database refuses it where the id has one already. */
const FIRST_GENERATION = 1;

/** Makes the run in memory, as the general path does in the database (create.ts). */
export function applyCreate(command: CreateCommand): CreatedRun {
	const { definition, grantTo } = command;
	const run = new KnownRun(
		{
			run_id: command.runId,
			instance_id: command.instanceId,
			workflow: definition.workflow,
			definition_hash: definition.hash,
			progress_total: definition.plannedNodes,
			status: "pending",
			control: "none",
			version: 1,
			progress_done: 0,
			started_at: null,
		},
		new Map(),
		false,
	);
	const changes = new RunChanges(0, "pending");
	run.changes = changes;
	const nodes = command.open.map((spec, i) => openNode(run, spec, i));
	const granted = grantTo === null ? [] : first(nodes, grantTo.slots);
	for (const node of granted) grantNode(run, node, grantTo?.owner ?? "");
	run.head.status = liveStatus(
		nodes.map(({ state }) => state),
		run.head.started_at,
	);
	return { run, changes, command, grants: granted.map((node) => toGrant(run.head, node, null)) };
}

function first(nodes: readonly KnownNode[], slots: number): KnownNode[] {
	return nodes
		.filter(({ state }) => state === "ready")
		.sort((a, b) => a.priority - b.priority)
		.slice(0, slots);
}

/** The answer, once the moment of the commit is known. */
export function created({ run, changes, command, grants }: CreatedRun, now: number): CreateResult {
	const row = {
		...run.head,
		started_at: changes.starts ? now : null,
		...NOT_ENDED,
		generation: FIRST_GENERATION,
		created_at: now,
		updated_at: now,
		labels: JSON.stringify(command.labels),
	};
	return { kind: "created", instance: toInstance(row), grants };
}
