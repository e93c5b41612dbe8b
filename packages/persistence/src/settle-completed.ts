import {
	type Grant,
	InvalidArgumentError,
	type RecordedNode,
	type SettleOutcome,
	type SettleResult,
} from "@waymark/engine/backend";
import type { CommitContext } from "./commit-context.ts";
import { type GrantedNode, grantable, grantOpening, toGrant } from "./grants.ts";
import { endInstance, refreshStatus } from "./instance-status.ts";
import type { OpenNodeRow } from "./open-node-row.ts";
import { insertNode, moveNode, type OpeningNode, opening, removeNode } from "./open-nodes.ts";
import { oldestBuffered, passSignalOn, reserveSignal } from "./reservations.ts";
import { recordFailure, type Settling, settled } from "./settling.ts";

type Completed = Extract<SettleOutcome, { kind: "completed" }>;

type JoiningNode = GrantedNode & Pick<OpenNodeRow, "state" | "remaining">;

/** The joining row that this settle counts down, and what becomes of it. */
interface CountedDown {
	readonly node: JoiningNode;
	readonly remaining: number;
	granted: boolean;
}

/**
 * The node is recorded and the instance moves on. Everything that is read is read first; the first write matches the
 * lease, so that a refusal has written nothing.
 */
export async function settleCompleted(settling: Settling, outcome: Completed): Promise<SettleResult> {
	const { ctx, lease, row, node } = settling;
	if (outcome.consumes !== null && outcome.consumes !== node.signal_id) {
		throw new InvalidArgumentError(
			"consumes",
			`Signal "${outcome.consumes}" is not reserved for "${node.path}". Consume the grant's own signal.`,
		);
	}
	await refuseOpen(ctx, row.run_id, outcome, node.path);
	const opened = outcome.open.map((spec, i) => opening(spec, i, ctx.now));
	const reserved = await reserveForOpened(ctx, row.run_id, opened);
	const joining = outcome.countDown === null ? null : await countDown(ctx, row.run_id, outcome.countDown);
	const grants = await grantOpened(settling, opened, joining);

	const version = ctx.touch(row);
	const [first, ...rest] = opened;
	const held = first === undefined ? await removeNode(ctx, lease) : await moveNode(ctx, lease, row, first);
	if (!held) throw new Error(`The lease on ${node.path} changed under its own lock.`);
	if (outcome.closes !== null) await closeBelow(settling, outcome.closes, first?.spec.path ?? null);
	for (const next of rest) await insertNode(ctx, row, next);
	if (joining !== null) await writeJoin(settling, joining);
	for (const [signalId, path] of reserved) await reserveSignal(ctx, row, signalId, path);
	for (const record of outcome.recorded) await appendCheckpoint(settling, record, version);
	if (outcome.failure !== null) await recordFailure(settling, outcome.failure, null);
	if (outcome.consumes !== null) await consume(settling, outcome.consumes);
	else if (node.signal_id !== null) await passSignalOn(ctx, row, node.signal_id);

	row.progress_done += outcome.progress;
	if (grants.length > 0) row.started_at ??= ctx.now;
	if (outcome.result !== null) {
		// What a branch that failed as data left undone is resolved with it.
		row.progress_done = row.progress_total;
		await endInstance(ctx, row, "completed", { output: outcome.result });
	} else if (row.status !== "in_progress" || row.control !== "none" || !isBusy(opened)) {
		await refreshStatus(ctx, row);
	}
	return settled(row, grants);
}

/** No key of the database holds the path (decision 0016), so that it is looked up: an open node is not opened again. */
async function refuseOpen(ctx: CommitContext, runId: string, { open }: Completed, settled: string): Promise<void> {
	if (open.length === 0) return;
	const twin = await ctx.sql.get<{ path: string }>(
		`SELECT path FROM open_node WHERE run_id = ? AND ${ctx.sql.dialect.memberOf("path")} AND path <> ? LIMIT 1`,
		runId,
		JSON.stringify(open.map(({ path }) => path)),
		settled,
	);
	if (twin !== undefined)
		throw new InvalidArgumentError("open", `"${twin.path}" is open already. Read the instance again.`);
}

/** Whether what was opened alone makes the instance `in_progress`: spares a look at its other nodes. */
function isBusy(opened: readonly OpeningNode[]): boolean {
	return opened.some((node) => node.state === "running" || node.state === "ready");
}

/** Waits that are reached take the oldest buffered signal of their name. Answers which signal goes where. */
async function reserveForOpened(
	ctx: CommitContext,
	runId: string,
	opened: readonly OpeningNode[],
): Promise<Map<string, string>> {
	const reserved = new Map<string, string>();
	for (const node of opened) {
		const name = node.spec.signal;
		if (node.spec.state !== "awaiting_signal" || name === null) continue;
		const signalId = await oldestBuffered(ctx, runId, name, reserved);
		if (signalId === null) continue;
		reserved.set(signalId, node.spec.path);
		node.state = "ready";
		node.signalId = signalId;
		node.dueAt = ctx.now;
	}
	return reserved;
}

const JOINING = `SELECT path, state, remaining, epoch, attempt, crashes, input, signal_id, due_at FROM open_node
	WHERE run_id = ? AND path = ?`;

async function countDown(ctx: CommitContext, runId: string, path: string): Promise<CountedDown> {
	const node = await ctx.sql.get<JoiningNode>(JOINING, runId, path);
	if (node === undefined || node.state !== "joining" || node.remaining < 1) {
		throw new InvalidArgumentError("countDown", `"${path}" is not a join that still waits for a branch.`);
	}
	return { node, remaining: node.remaining - 1, granted: false };
}

async function grantOpened(
	{ ctx, command, row }: Settling,
	opened: readonly OpeningNode[],
	joining: CountedDown | null,
): Promise<Grant[]> {
	let slots = await grantable(ctx, row, command);
	const grants: Grant[] = [];
	const ready = opened.filter((node) => node.state === "ready").sort((a, b) => a.spec.priority - b.spec.priority);
	for (const node of ready) {
		if (slots === 0) return grants;
		slots -= 1;
		grants.push(grantOpening(row, node, command.owner));
	}
	if (joining?.remaining === 0 && slots > 0) {
		joining.granted = true;
		grants.push(toGrant(row, { ...joining.node, epoch: joining.node.epoch + 1 }, null));
	}
	return grants;
}

async function writeJoin({ ctx, command, row }: Settling, { node, remaining, granted }: CountedDown): Promise<void> {
	const state = remaining > 0 ? "joining" : granted ? "running" : "ready";
	const changed = await ctx.sql.run(
		`UPDATE open_node SET remaining = ?, state = ?, due_at = ?, epoch = ?, owner = ?, granted_at = ?, version = ?
		WHERE run_id = ? AND path = ? AND state = 'joining' AND remaining = ?`,
		remaining,
		state,
		remaining > 0 ? null : ctx.now,
		granted ? node.epoch + 1 : node.epoch,
		granted ? command.owner : null,
		granted ? ctx.now : null,
		ctx.touch(row),
		row.run_id,
		node.path,
		node.remaining,
	);
	if (changed !== 1) throw new Error(`The join ${node.path} changed under its own lock.`);
}

/** Ends the open rows below the prefix, all but the one that this settle has just moved there. */
async function closeBelow({ ctx, row }: Settling, prefix: string, except: string | null): Promise<void> {
	const below = "run_id = ? AND substr(path, 1, length(?)) = ? AND path <> ?";
	const values = [row.run_id, prefix, prefix, except ?? ""] as const;
	const kept = await ctx.sql.all<{ signal_id: string }>(
		`SELECT signal_id FROM open_node WHERE ${below} AND signal_id IS NOT NULL`,
		...values,
	);
	await ctx.sql.run(`DELETE FROM open_node WHERE ${below}`, ...values);
	for (const { signal_id } of kept) await passSignalOn(ctx, row, signal_id);
}

async function appendCheckpoint({ ctx, command, row, node }: Settling, record: RecordedNode, version: number) {
	await ctx.sql.run(
		`INSERT INTO checkpoint (run_id, path, output, attempt, epoch, worker, started_at, finished_at, version, codec,
			bytes)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		row.run_id,
		record.path,
		record.output,
		node.attempt,
		command.epoch,
		command.owner,
		Math.round(command.startedAt),
		Math.round(command.finishedAt),
		version,
		record.value?.codec ?? null,
		record.value?.bytes ?? null,
	);
}

async function consume({ ctx, row, node }: Settling, signalId: string): Promise<void> {
	const changed = await ctx.sql.run(
		`UPDATE signal SET consumed_by = ?, version = ?
		WHERE signal_id = ? AND run_id = ? AND reserved_for = ? AND consumed_by IS NULL`,
		node.path,
		ctx.touch(row),
		signalId,
		row.run_id,
		node.path,
	);
	if (changed !== 1) throw new Error(`Signal ${signalId} changed under the lock of its instance.`);
}
