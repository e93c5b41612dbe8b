import type { ClaimCommand } from "@waymark/engine/backend";
import { claimTexts } from "./claim-texts.ts";
import type { CommitContext } from "./commit-context.ts";
import type { OpenNodeRow } from "./open-node-row.ts";

/** Which rows a claim may take. */

const PRIORITIES = [1, 2, 3, 4, 5] as const;
const TIMED_STATES = ["retrying", "waiting", "awaiting_signal"] as const;
const FREE_STATES = ["ready", ...TIMED_STATES] as const;

function filterValues({ definitions, tags }: ClaimCommand): [string, string] {
	return [JSON.stringify(definitions), JSON.stringify(tags)];
}

/** Best priority first, then longest due. */
export function byClaim(
	a: Pick<OpenNodeRow, "priority" | "due_at">,
	b: Pick<OpenNodeRow, "priority" | "due_at">,
): number {
	return a.priority - b.priority || (a.due_at ?? 0) - (b.due_at ?? 0);
}

/** Ownerless rows that are due. */
export async function freeRows(ctx: CommitContext, command: ClaimCommand): Promise<OpenNodeRow[]> {
	const { free } = claimTexts(ctx.sql.dialect);
	const takes = filterValues(command);
	const rows: OpenNodeRow[] = [];
	for (const priority of PRIORITIES) {
		const wanted = command.slots - rows.length;
		if (wanted <= 0) break;
		const due: OpenNodeRow[] = [];
		// One small statement for each seek: as arms of one UNION they took SQLite far longer.
		for (const state of FREE_STATES) {
			due.push(...(await ctx.sql.all<OpenNodeRow>(free, state, priority, ctx.now, ...takes, wanted)));
		}
		rows.push(...due.sort(byClaim).slice(0, wanted));
	}
	return rows;
}

/** Rows of workers whose leases have expired. */
export async function orphanedRows(ctx: CommitContext, command: ClaimCommand): Promise<OpenNodeRow[]> {
	const dead = await ctx.sql.all<{ worker_id: string }>("SELECT worker_id FROM worker WHERE expires_at < ?", ctx.now);
	if (dead.length === 0) return [];
	return ctx.sql.all<OpenNodeRow>(
		claimTexts(ctx.sql.dialect).orphaned,
		JSON.stringify(dead.map(({ worker_id }) => worker_id)),
		...filterValues(command),
		command.slots,
	);
}

/** Rows of one run, free or orphaned. */
export async function rowsOfRun(ctx: CommitContext, command: ClaimCommand, runId: string): Promise<OpenNodeRow[]> {
	const { ofRun } = claimTexts(ctx.sql.dialect);
	return ctx.sql.all<OpenNodeRow>(ofRun, runId, ctx.now, ctx.now, ...filterValues(command), command.slots);
}

/** When the next ownerless row that this caller could take falls due; null: none will by itself. */
export async function earliestDue(ctx: CommitContext, command: ClaimCommand): Promise<number | null> {
	const takes = filterValues(command);
	const { earliest, earliestOfRun } = claimTexts(ctx.sql.dialect);
	if (command.runId !== null) {
		const found = await ctx.sql.get<{ due_at: number | null }>(earliestOfRun, command.runId, ctx.now, ...takes);
		return found?.due_at ?? null;
	}
	let next: number | null = null;
	for (const state of TIMED_STATES) {
		for (const priority of PRIORITIES) {
			const found = await ctx.sql.get<{ due_at: number }>(earliest, state, priority, ctx.now, ...takes);
			if (found !== undefined && (next === null || found.due_at < next)) next = found.due_at;
		}
	}
	return next;
}
