import type { OpenSpec } from "@waymark/engine/backend";
import { runsCode } from "../grants.ts";
import { laneIn } from "../lanes.ts";
import type { KnownNode, KnownRun, StoredRow } from "./known-run.ts";

/** The first lease is granted in the flush under way; its moment is known only after it. */
const IN_THIS_FLUSH = 0;

/**
 * Opens a node in memory, to be written by the flush under way over the row of another, or as a new one. `ordinal`: its
 * place among those of its command.
 */
export function openNode(run: KnownRun, spec: OpenSpec, ordinal: number, over: StoredRow | null = null): KnownNode {
	const tags = spec.tags.length === 0 ? "[]" : JSON.stringify(spec.tags);
	const timed = spec.dueInMs === null ? null : Math.round(spec.dueInMs);
	const node: KnownNode = {
		place: over?.place ?? run.takePlace(),
		path: spec.path,
		state: spec.state,
		opened_as: spec.state,
		opened_version: run.head.version,
		opened_ordinal: ordinal,
		attempt: 1,
		crashes: 0,
		epoch: 0,
		dueInMs: spec.state === "ready" ? 0 : timed,
		signal_name: spec.signal,
		signal_id: null,
		remaining: spec.remaining,
		input: spec.input,
		priority: spec.priority,
		tags,
		lane: laneIn(run.head, tags),
		owner: null,
		stored: over,
		isWritten: false,
	};
	run.nodes.set(node.path, node);
	run.touch().write(node);
	return node;
}

/** Gives a ready row to that worker in the flush under way. */
export function grantNode(run: KnownRun, node: KnownNode, owner: string): void {
	leaseNode(run, node, owner);
	if (runsCode(node.opened_as)) node.state = "running";
	run.touch().write(node);
}

/** The lease alone, of a row that the flush writes for another reason. */
export function leaseNode(run: KnownRun, node: KnownNode, owner: string): void {
	const changes = run.touch();
	node.owner = owner;
	node.epoch += 1;
	changes.grantedTo(owner);
	if (run.head.started_at === null) {
		run.head.started_at = IN_THIS_FLUSH;
		changes.starts = true;
	}
}
