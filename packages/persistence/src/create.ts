import {
	type CreateCommand,
	type CreateResult,
	type Grant,
	isTerminal,
	liveStatus,
	type OpenState,
} from "@waymark/engine/backend";
import { recordTermination } from "./audit.ts";
import type { CommitContext } from "./commit-context.ts";
import { grantable, grantOpening, toGrant } from "./grants.ts";
import type { InstanceHead, InstanceRow } from "./instance-row.ts";
import { endInstance } from "./instance-status.ts";
import { OPEN_NODE_COLUMNS, type OpenNodeRow } from "./open-node-row.ts";
import { insertNode, type OpeningNode, opening } from "./open-nodes.ts";
import { toInstance } from "./record-mapper.ts";

export async function create(ctx: CommitContext, command: CreateCommand): Promise<CreateResult> {
	const mine = await ctx.instance(command.runId);
	if (mine !== null) {
		return { kind: "created", instance: await ctx.record(mine), grants: await heldGrants(ctx, mine, command) };
	}
	const previous = await ctx.newest(command.instanceId);
	if (previous !== null) {
		if (command.onConflict === "useExisting") return { kind: "existing", instance: await ctx.record(previous) };
		if (command.onConflict === "fail") return { kind: "conflict", instance: await ctx.record(previous) };
		await terminate(ctx, previous, command.by);
	}
	await storeDefinition(ctx, command);
	const row = newInstance(ctx, command, previous === null ? 1 : await nextGeneration(ctx, command.instanceId));
	const nodes = command.open.map((spec, i) => opening(spec, i, ctx.now));
	const grants = await grantOpened(ctx, row, nodes, command);
	row.started_at = grants.length > 0 ? ctx.now : null;
	row.status = liveStatus(
		nodes.map((node): OpenState => node.state),
		row.started_at,
	);
	await insertInstance(ctx, row, command);
	await insertLabels(ctx, command);
	ctx.adopt(row);
	for (const node of nodes) await insertNode(ctx, row, node);
	return { kind: "created", instance: toInstance(row), grants };
}

async function grantOpened(
	ctx: CommitContext,
	row: InstanceRow,
	nodes: readonly OpeningNode[],
	{ grantTo }: CreateCommand,
): Promise<Grant[]> {
	if (grantTo === null) return [];
	const slots = await grantable(ctx, row, grantTo);
	return nodes
		.filter((node) => node.state === "ready")
		.sort((a, b) => a.spec.priority - b.spec.priority)
		.slice(0, slots)
		.map((node) => grantOpening(row, node, grantTo.owner));
}

/** The same create again: what it was granted, as far as it still holds it. */
async function heldGrants(ctx: CommitContext, row: InstanceHead, { grantTo, runId }: CreateCommand): Promise<Grant[]> {
	if (grantTo === null || !(await ctx.isLive(grantTo.owner))) return [];
	const held = await ctx.sql.all<OpenNodeRow>(
		`SELECT ${OPEN_NODE_COLUMNS} FROM open_node
		WHERE run_id = ? AND owner = ? AND opened_version = 1 AND epoch = 1
		ORDER BY priority, opened_ordinal`,
		runId,
		grantTo.owner,
	);
	return held.map((node) => toGrant(row, node, null));
}

async function nextGeneration(ctx: CommitContext, instanceId: string): Promise<number> {
	const found = await ctx.sql.get<{ generation: number }>(
		"SELECT COALESCE(MAX(generation), 0) + 1 AS generation FROM instance WHERE instance_id = ?",
		instanceId,
	);
	return found?.generation ?? 1;
}

/** Cancels and fences the run that stands in the way, whatever it is doing. */
async function terminate(ctx: CommitContext, row: InstanceHead, by: string): Promise<void> {
	if (isTerminal(row.status)) return;
	const before = row.status;
	const { cause } = ctx;
	// Whoever runs a task of it must hear of this as of a cancel.
	ctx.cause = "control";
	await endInstance(ctx, row, "cancelled");
	await recordTermination(ctx, row, before, by);
	ctx.cause = cause;
}

async function storeDefinition(ctx: CommitContext, { definition }: CreateCommand): Promise<void> {
	const { hash, workflow, plannedNodes, graph } = definition;
	const known = await ctx.sql.get("SELECT 1 FROM definition WHERE hash = ?", hash);
	if (known !== undefined) return;
	// Another process may be storing the same one at this moment.
	await ctx.sql.run(
		"INSERT INTO definition (hash, workflow, planned_nodes, created_at, graph) VALUES (?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING",
		hash,
		workflow,
		plannedNodes,
		ctx.now,
		JSON.stringify(graph),
	);
}

function newInstance(ctx: CommitContext, command: CreateCommand, generation: number): InstanceRow {
	return {
		run_id: command.runId,
		instance_id: command.instanceId,
		generation,
		workflow: command.definition.workflow,
		definition_hash: command.definition.hash,
		status: "pending",
		control: "none",
		version: 1,
		progress_done: 0,
		progress_total: command.definition.plannedNodes,
		created_at: ctx.now,
		started_at: null,
		updated_at: ctx.now,
		ended_at: null,
		output: null,
		failed_path: null,
		error: null,
		labels: JSON.stringify(command.labels),
	};
}

async function insertInstance(ctx: CommitContext, row: InstanceRow, { input }: CreateCommand): Promise<void> {
	await ctx.sql.run(
		`INSERT INTO instance (run_id, instance_id, generation, workflow, definition_hash, status, control, version,
			progress_done, progress_total, created_at, started_at, updated_at, labels, input_codec, input_bytes)
		VALUES (?, ?, ?, ?, ?, ?, 'none', 1, 0, ?, ?, ?, ?, ?, ?, ?)`,
		row.run_id,
		row.instance_id,
		row.generation,
		row.workflow,
		row.definition_hash,
		row.status,
		row.progress_total,
		row.created_at,
		row.started_at,
		row.updated_at,
		row.labels,
		input.codec,
		input.bytes,
	);
}

/** A label this long is shown with its instance; nobody looks for it, and an index cannot hold just any length. */
const LONGEST_FOUND = 200;

/** Labels once more, each in a row of its own, so that instances are found by them. */
export function foundLabels(labels: CreateCommand["labels"]): [key: string, value: string][] {
	return Object.entries(labels).filter((label) => label.every((text) => text.length <= LONGEST_FOUND));
}

async function insertLabels(ctx: CommitContext, { runId, labels }: CreateCommand): Promise<void> {
	const found = foundLabels(labels);
	if (found.length === 0) return;
	await ctx.sql.run(
		`INSERT INTO label (run_id, key, value) VALUES ${found.map(() => "(?, ?, ?)").join(", ")}`,
		...found.flatMap(([key, value]) => [runId, key, value]),
	);
}
