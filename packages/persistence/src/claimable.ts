import { AVOID_MS, byClaimRank, type ClaimCommand, DEFAULT_AGING_MS, PRIORITIES } from "@waymark/engine/backend";
import { BEFORE_ALL, claimTexts } from "./claim-texts.ts";
import type { CommitContext } from "./commit-context.ts";
import { headOf, type JoinedHead } from "./instance-row.ts";
import type { OpenNodeRow } from "./open-node-row.ts";

/** Which rows a claim may take. */

const TIMED_STATES = ["retrying", "waiting", "awaiting_signal"] as const;
const FREE_STATES = ["ready", ...TIMED_STATES] as const;

/** LIMIT's largest value. */
const MOST_ROWS = 2 ** 31 - 1;

/** One walk of the index of open nodes. */
interface Seek {
	readonly state: (typeof FREE_STATES)[number];
	readonly lane: number;
	readonly priority: number;
}

/** What the statements bind, by the names that they give. */
function bindings(ctx: CommitContext, command: ClaimCommand) {
	const { now } = ctx;
	const { owner } = command;
	return {
		can: [JSON.stringify(command.definitions), JSON.stringify(command.tags)],
		failedHere: [owner, owner, now],
		spared: [now - AVOID_MS, owner, owner, now],
		left: [now - AVOID_MS, now, owner, owner, now],
		aging: agingOf(command),
		most: Math.min(command.slots, MOST_ROWS),
	} as const;
}

function agingOf({ agingMs = DEFAULT_AGING_MS }: ClaimCommand): number {
	return agingMs;
}

type Ranked = Pick<OpenNodeRow, "priority" | "due_at">;

export function byRank(command: ClaimCommand): (a: Ranked, b: Ranked) => number {
	const agingMs = agingOf(command);
	const waiting = ({ priority, due_at }: Ranked) => ({ priority, dueAt: due_at });
	return (a, b) => byClaimRank(waiting(a), waiting(b), agingMs);
}

/** Ownerless rows that are due. */
export async function freeRows(ctx: CommitContext, command: ClaimCommand): Promise<OpenNodeRow[]> {
	const { free, freeOfAll } = claimTexts(ctx.sql.dialect);
	const { can, spared, aging, most } = bindings(ctx, command);
	const rows: OpenNodeRow[] = [];
	if (ctx.sql.dialect.rowLocks !== null) {
		const taken = [ctx.now, ...can, ...spared] as const;
		const best = [...taken, most, ctx.now, aging, most] as const;
		const found = await ctx.sql.all<OpenNodeRow & JoinedHead>(freeOfAll, ...can, ...can, ...best, ...taken);
		for (const row of found) ctx.found(headOf(row));
		rows.push(...found);
	} else {
		for (const { state, lane, priority } of await servedSeeks(ctx, command, FREE_STATES, ctx.now)) {
			const values = [state, lane, priority, ctx.now, ...can, ...spared, most] as const;
			rows.push(...(await ctx.sql.all<OpenNodeRow>(free, ...values)));
		}
	}
	return rows.sort(byRank(command)).slice(0, command.slots);
}

interface Head extends Omit<Seek, "state"> {
	readonly due_at: number | null;
	readonly served: number;
}

/** The seeks that hold rows which the caller can run, the first of them due by then. */
async function servedSeeks(
	ctx: CommitContext,
	command: ClaimCommand,
	states: readonly Seek["state"][],
	dueBy: number,
): Promise<Seek[]> {
	const { nextLane, nextPriority } = claimTexts(ctx.sql.dialect);
	const { can } = bindings(ctx, command);
	const seeks: Seek[] = [];
	for (const state of states) {
		let found = await ctx.sql.get<Head>(nextLane, ...can, state, BEFORE_ALL);
		while (found !== undefined) {
			const { lane, priority, due_at, served } = found;
			if (served !== 0 && due_at !== null && due_at <= dueBy) seeks.push({ state, lane, priority });
			const last = served === 0 || priority === PRIORITIES.length;
			found = last ? undefined : await ctx.sql.get<Head>(nextPriority, ...can, state, lane, priority);
			found ??= await ctx.sql.get<Head>(nextLane, ...can, state, lane);
		}
	}
	return seeks;
}

/** Whether the claimer's lease holds, and the workers whose leases have expired and who still own nodes. */
export async function readLeases(
	ctx: CommitContext,
	owner: string,
): Promise<{ readonly live: boolean; readonly dead: string[] }> {
	const { leases } = claimTexts(ctx.sql.dialect);
	const rows = await ctx.sql.all<{ worker_id: string; live: number }>(leases, owner, ctx.now, ctx.now);
	return {
		live: rows.some(({ live }) => live === 1) || (await ctx.isLive(owner)),
		dead: rows.flatMap(({ worker_id, live }) => (live === 1 ? [] : [worker_id])),
	};
}

/** Rows of those workers. */
export async function orphanedRows(
	ctx: CommitContext,
	command: ClaimCommand,
	dead: readonly string[],
): Promise<OpenNodeRow[]> {
	if (dead.length === 0) return [];
	const { orphaned } = claimTexts(ctx.sql.dialect);
	const { can, aging, most } = bindings(ctx, command);
	return ctx.sql.all<OpenNodeRow>(orphaned, JSON.stringify(dead), ...can, aging, most);
}

/** Rows of one run, free or of workers whose leases have expired. */
export async function rowsOfRun(
	ctx: CommitContext,
	command: ClaimCommand,
	runId: string,
	dead: readonly string[],
): Promise<OpenNodeRow[]> {
	const { ofRun } = claimTexts(ctx.sql.dialect);
	const { can, aging, most } = bindings(ctx, command);
	return ctx.sql.all<OpenNodeRow>(ofRun, runId, ctx.now, JSON.stringify(dead), ...can, aging, most);
}

/** When the next ownerless row that this caller could take falls due; null: none will by itself. */
export async function earliestDue(ctx: CommitContext, command: ClaimCommand): Promise<number | null> {
	const { can, left } = bindings(ctx, command);
	const texts = claimTexts(ctx.sql.dialect);
	const ask = async (text: string, ...values: readonly (string | number)[]) =>
		(await ctx.sql.get<{ due_at: number | null }>(text, ...values))?.due_at ?? null;
	if (command.runId !== null) return ask(texts.earliestOfRun, command.runId, ctx.now, ...can);
	if (ctx.sql.dialect.rowLocks !== null) {
		return ask(texts.earliestOfAll, ...can, ...can, ctx.now, ...can, AVOID_MS, ...left, ...can);
	}
	const found: number[] = [];
	for (const { state, lane, priority } of await servedSeeks(ctx, command, TIMED_STATES, Number.MAX_SAFE_INTEGER)) {
		const next = await ask(texts.earliest, state, lane, priority, ctx.now, ...can);
		if (next !== null) found.push(next);
		if (state !== "retrying") continue;
		const freed = await ask(texts.earliestLeft, AVOID_MS, lane, priority, ...left, ...can);
		if (freed !== null) found.push(freed);
	}
	return found.length === 0 ? null : Math.min(...found);
}
