import {
	type Grant,
	mayGrant,
	type SettleCommand,
	type SettleOutcome,
	type SettleResult,
} from "@waymark/engine/backend";
import { toGrant } from "../grants.ts";
import { NOT_ENDED } from "../instance-status.ts";
import { settled } from "../settling.ts";
import type { KnownNode, KnownRun } from "./known-run.ts";
import { grantNode, openNode } from "./open-known.ts";

type Completed = Extract<SettleOutcome, { kind: "completed" }>;

/**
 * Moves a known run on in memory, as the general path does in the database (settle.ts, settle-completed.ts). Null: not
 * of the simple form, and the run is unchanged.
 */
export function applySettle(run: KnownRun, command: SettleCommand): SettleResult | null {
	const node = run.nodes.get(command.path);
	if (!mayGrant(run.head) || node === undefined) return null;
	if (node.owner !== command.owner || node.epoch !== command.epoch) return null;
	const { outcome } = command;
	switch (outcome.kind) {
		case "completed":
			return applyCompleted(run, command, outcome, node);
		case "retry":
			return applyRetry(run, command, outcome, node);
		case "failed":
		case "released":
			return null;
	}
}

function applyCompleted(
	run: KnownRun,
	command: SettleCommand,
	outcome: Completed,
	node: KnownNode,
): SettleResult | null {
	// A signal that is passed on, one that is waiting, and rows that end with others are read before they are written.
	if (outcome.consumes !== node.signal_id || outcome.closes !== null) return null;
	if (run.hasBuffered && outcome.open.some(({ state }) => state === "awaiting_signal")) return null;
	if (outcome.open.some(({ path }) => run.nodes.has(path))) return null;
	const joining = outcome.countDown === null ? null : run.nodes.get(outcome.countDown);
	if (joining !== null && (joining?.state !== "joining" || joining.remaining < 1)) return null;
	return advance(run, command, outcome, node, joining);
}

function applyRetry(
	run: KnownRun,
	command: SettleCommand,
	{ failure, delayMs }: Extract<SettleOutcome, { kind: "retry" }>,
	node: KnownNode,
): SettleResult {
	const changes = run.touch();
	const nextInMs = Math.round(delayMs);
	changes.fail({ path: node.path, attempt: node.attempt, by: command, failure, nextInMs });
	changes.write(node);
	node.state = "retrying";
	node.attempt += 1;
	node.dueInMs = nextInMs;
	node.owner = null;
	run.refreshStatus();
	return settled(run.head, []);
}

function advance(
	run: KnownRun,
	command: SettleCommand,
	outcome: Completed,
	node: KnownNode,
	joining: KnownNode | null,
): SettleResult {
	const { head } = run;
	const changes = run.touch();
	for (const { path, output, value } of outcome.recorded) {
		changes.append({ path, output, attempt: node.attempt, by: command, value });
	}
	const { consumes, failure } = outcome;
	if (failure !== null) {
		changes.fail({ path: node.path, attempt: node.attempt, by: command, failure, nextInMs: null });
	}
	if (consumes !== null) changes.consume(consumes, node.path);
	// A chain keeps one row.
	const opened = outcome.open.map((spec, i) => openNode(run, spec, i, i === 0 ? node.stored : null));
	if (opened.length === 0 || node.stored === null) {
		run.close(node);
	} else {
		changes.unwrite(node);
		run.nodes.delete(node.path);
	}
	if (joining !== null) countDown(run, joining);
	const grants = grantOpened(run, command, opened, joining);
	head.progress_done += outcome.progress;
	if (outcome.result !== null) complete(run, outcome.result);
	else if (grants.length > 0) head.status = "in_progress";
	else run.refreshStatus();
	return settled(head, grants);
}

function countDown(run: KnownRun, joining: KnownNode): void {
	joining.remaining -= 1;
	if (joining.remaining === 0) {
		joining.state = "ready";
		joining.dueInMs = 0;
	}
	run.touch().write(joining);
}

function grantOpened(
	run: KnownRun,
	{ owner, slots }: SettleCommand,
	opened: readonly KnownNode[],
	joining: KnownNode | null,
): Grant[] {
	const ready = opened.filter(isReady);
	const granted = ready.sort(byPriority).slice(0, slots);
	if (joining?.remaining === 0 && ready.length < slots) granted.push(joining);
	for (const node of granted) grantNode(run, node, owner);
	return granted.map((node) => toGrant(run.head, node, null));
}

function isReady({ state }: KnownNode): boolean {
	return state === "ready";
}

function byPriority(a: KnownNode, b: KnownNode): number {
	return a.priority - b.priority;
}

function complete(run: KnownRun, output: string): void {
	const { head } = run;
	// What a branch that failed as data left undone is resolved with it.
	head.progress_done = head.progress_total;
	head.status = "completed";
	head.ending = { ...NOT_ENDED, output };
	for (const node of [...run.nodes.values()]) run.close(node);
}
