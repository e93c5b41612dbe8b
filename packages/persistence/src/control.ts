import {
	type ControlCommand,
	type ControlDecision,
	type ControlKind,
	type ControlResult,
	decideCancel,
	decidePause,
	decideRetry,
	decideRetryNow,
	decideReveal,
	decideUnpause,
	type InFlightNode,
	InvalidArgumentError,
	isTerminal,
	liveStatus,
} from "@waymark/engine/backend";
import { type AuditEntry, recordRequest } from "./audit.ts";
import type { CommitContext } from "./commit-context.ts";
import type { InstanceHead } from "./instance-row.ts";
import { drain, endInstance, NOT_ENDED } from "./instance-status.ts";
import { findWaitingNode, hastenNode, inFlight, moveLanes, openStates } from "./open-nodes.ts";
import type { ControlRequestRow } from "./record-mapper.ts";

/**
 * Carries out one operator's wish and audits it in the same commit, refusals too. `path`: of the open node that it is
 * about; null: the whole instance.
 */
export async function control(
	ctx: CommitContext,
	kind: ControlKind,
	command: ControlCommand,
	path: string | null,
): Promise<ControlResult> {
	const before = await answeredBefore(ctx, kind, command, path);
	if (before !== null) return before;
	const row = await ctx.newest(command.instanceId);
	if (row === null) return { kind: "not_found" };
	const audit = auditor(ctx, row, kind, command, path);
	if (command.forbidden !== undefined) {
		await audit("refused", command.forbidden);
		return { kind: "conflict", instance: await ctx.record(row), because: command.forbidden };
	}
	if (command.expectedRunId !== null && command.expectedRunId !== row.run_id) {
		const because = "another run of this id has started since";
		await audit("refused", because);
		return { kind: "conflict", instance: await ctx.record(row), because };
	}
	// Owners that died are no longer waited for.
	await drain(ctx, row);
	const decision = await decide(ctx, kind, row, path);
	switch (decision.kind) {
		case "finished":
			await audit("refused", null);
			return { kind: "finished", instance: await ctx.record(row) };
		case "conflict":
			await audit("refused", decision.because);
			return { kind: "conflict", instance: await ctx.record(row), because: decision.because };
		case "apply":
			if (decision.changed) await apply(ctx, row, decision.next);
			break;
		case "reopen":
			await reopen(ctx, row);
			break;
		case "hasten":
			await hastenNode(ctx, row, path ?? "");
			break;
		case "audit":
			break;
	}
	await audit(decision.changed ? "applied" : "unchanged", null);
	return accepted(ctx, row, decision.changed);
}

async function decide(
	ctx: CommitContext,
	kind: ControlKind,
	row: InstanceHead,
	path: string | null,
): Promise<ControlDecision> {
	const flying = async () => (await inFlight(ctx, row.run_id)).length;
	switch (kind) {
		case "pause":
			return decidePause(row, await flying());
		case "unpause":
			return decideUnpause(row);
		case "cancel":
			return decideCancel(row, await flying());
		case "retry":
			return decideRetry(row);
		case "retryNow":
			return decideRetryNow(row, await findWaitingNode(ctx, row.run_id, path ?? ""), ctx.now);
		case "reveal":
			return decideReveal();
	}
}

function auditor(
	ctx: CommitContext,
	row: InstanceHead,
	kind: ControlKind,
	command: ControlCommand,
	path: string | null,
) {
	const { requestId, by, reason } = command;
	const before = row.status;
	return (result: AuditEntry["result"], because: string | null) =>
		recordRequest(ctx, row, { requestId, kind, path, by, reason, result, before, because });
}

async function apply(
	ctx: CommitContext,
	row: InstanceHead,
	next: Extract<ControlDecision, { kind: "apply" }>["next"],
): Promise<void> {
	ctx.touch(row);
	if (isTerminal(next.status)) return endInstance(ctx, row, next.status);
	row.control = next.control;
	// A withdrawn pause: what parked meanwhile shows in the status now.
	const withdrawn = next.control === "none" && next.status !== "paused";
	row.status = withdrawn ? liveStatus(await openStates(ctx, row.run_id), row.started_at) : next.status;
	await moveLanes(ctx, row);
}

/** Lets the open nodes say where the instance stands: after a pause as they are, after a failure opened afresh. */
async function reopen(ctx: CommitContext, row: InstanceHead): Promise<void> {
	const version = ctx.touch(row);
	if (row.status === "failed") {
		await reopenNodes(ctx, row, version);
		row.ending = NOT_ENDED;
	}
	row.status = liveStatus(await openStates(ctx, row.run_id), row.started_at);
	await moveLanes(ctx, row);
}

async function reopenNodes(ctx: CommitContext, row: InstanceHead, version: number): Promise<void> {
	const ready = `opened_as = 'ready' OR (opened_as = 'joining' AND remaining = 0)
		OR (opened_as = 'awaiting_signal' AND signal_id IS NOT NULL)`;
	await ctx.sql.run(
		`UPDATE open_node SET state = CASE WHEN ${ready} THEN 'ready' ELSE opened_as END,
			due_at = CASE WHEN ${ready} THEN ? ELSE due_at END,
			attempt = 1, crashes = 0, epoch = epoch + 1, owner = NULL, granted_at = NULL, version = ?
		WHERE run_id = ? AND state IN ('failed', 'cancelled')`,
		ctx.now,
		version,
		row.run_id,
	);
}

async function accepted(ctx: CommitContext, row: InstanceHead, changed: boolean): Promise<ControlResult> {
	const flying = row.control === "none" ? [] : await inFlight(ctx, row.run_id);
	const nodes = flying.map(
		(node): InFlightNode => ({
			path: node.path,
			attempt: node.attempt,
			worker: node.owner ?? "",
			grantedAt: node.granted_at ?? ctx.now,
		}),
	);
	return { kind: "accepted", changed, instance: await ctx.record(row), inFlight: nodes };
}

/** The same request id again answers as the first time did. */
async function answeredBefore(
	ctx: CommitContext,
	kind: ControlKind,
	command: ControlCommand,
	path: string | null,
): Promise<ControlResult | null> {
	const request = await ctx.sql.get<ControlRequestRow>(
		"SELECT * FROM control_request WHERE request_id = ?",
		command.requestId,
	);
	if (request === undefined) return null;
	const row = await ctx.instance(request.run_id);
	if (row === null) return { kind: "not_found" };
	if (request.kind !== kind || row.instance_id !== command.instanceId || request.path !== path) {
		throw new InvalidArgumentError("requestId", "This request id was used for another request. Make a new one.");
	}
	if (request.result !== "refused") return accepted(ctx, row, request.result === "applied");
	const instance = await ctx.record(row);
	if (request.because === null) return { kind: "finished", instance };
	return { kind: "conflict", instance, because: request.because };
}
