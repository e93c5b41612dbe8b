import type { ClaimCommand } from "@waymark/engine/backend";
import { claimTexts } from "./claim-texts.ts";
import type { CommitContext } from "./commit-context.ts";
import type { OpenNodeRow } from "./open-node-row.ts";

/** Which rows a claim may take. */

const PRIORITIES = [1, 2, 3, 4, 5] as const;
const TIMED_STATES = ["retrying", "waiting", "awaiting_signal"] as const;
const FREE_STATES = ["ready", ...TIMED_STATES] as const;

/** LIMIT's largest value. */
const MOST_ROWS = 2 ** 31 - 1;

/** One walk of the index of open nodes. */
type Seek = readonly [state: (typeof FREE_STATES)[number], priority: (typeof PRIORITIES)[number]];

function seeks(states: readonly Seek[0][]): Seek[] {
	return PRIORITIES.flatMap((priority) => states.map((state): Seek => [state, priority]));
}

const FREE_SEEKS = seeks(FREE_STATES);
const TIMED_SEEKS = seeks(TIMED_STATES);

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
	const worthwhile = await fruitfulSeeks(ctx, command);
	for (const priority of PRIORITIES) {
		const wanted = Math.min(command.slots, MOST_ROWS) - rows.length;
		if (wanted <= 0) break;
		const due: OpenNodeRow[] = [];
		// One small statement for each seek: as arms of one UNION they took SQLite far longer.
		for (const [state] of worthwhile.filter((seek) => seek[1] === priority)) {
			due.push(...(await ctx.sql.all<OpenNodeRow>(free, state, priority, ctx.now, ...takes, wanted)));
		}
		rows.push(...due.sort(byClaim).slice(0, wanted));
	}
	return rows;
}

/** The seeks that may find something. SQLite tries each; a server is asked once, for it is far away. */
async function fruitfulSeeks(ctx: CommitContext, command: ClaimCommand): Promise<readonly Seek[]> {
	if (ctx.sql.dialect.rowLocks === null) return FREE_SEEKS;
	const { fruitful } = claimTexts(ctx.sql.dialect);
	const found = await ctx.sql.all<{ state: Seek[0]; priority: Seek[1] }>(
		fruitful,
		JSON.stringify(FREE_SEEKS),
		ctx.now,
		...filterValues(command),
	);
	return found.map(({ state, priority }) => [state, priority]);
}

/** Rows of workers whose leases have expired. */
export async function orphanedRows(ctx: CommitContext, command: ClaimCommand): Promise<OpenNodeRow[]> {
	const dead = await deadOwners(ctx);
	if (dead.length === 0) return [];
	return ctx.sql.all<OpenNodeRow>(
		claimTexts(ctx.sql.dialect).orphaned,
		JSON.stringify(dead),
		...filterValues(command),
		Math.min(command.slots, MOST_ROWS),
	);
}

async function deadOwners(ctx: CommitContext): Promise<string[]> {
	const dead = await ctx.sql.all<{ worker_id: string }>(claimTexts(ctx.sql.dialect).dead, ctx.now);
	return dead.map(({ worker_id }) => worker_id);
}

/** Rows of one run, free or orphaned. */
export async function rowsOfRun(ctx: CommitContext, command: ClaimCommand, runId: string): Promise<OpenNodeRow[]> {
	const { ofRun } = claimTexts(ctx.sql.dialect);
	const dead = JSON.stringify(await deadOwners(ctx));
	const most = Math.min(command.slots, MOST_ROWS);
	return ctx.sql.all<OpenNodeRow>(ofRun, runId, ctx.now, dead, ...filterValues(command), most);
}

/** When the next ownerless row that this caller could take falls due; null: none will by itself. */
export async function earliestDue(ctx: CommitContext, command: ClaimCommand): Promise<number | null> {
	const takes = filterValues(command);
	const { earliest, earliestOfAll, earliestOfRun } = claimTexts(ctx.sql.dialect);
	if (command.runId !== null) {
		const found = await ctx.sql.get<{ due_at: number | null }>(earliestOfRun, command.runId, ctx.now, ...takes);
		return found?.due_at ?? null;
	}
	if (ctx.sql.dialect.rowLocks !== null) {
		const seeked = JSON.stringify(TIMED_SEEKS);
		const found = await ctx.sql.get<{ due_at: number | null }>(earliestOfAll, seeked, ctx.now, ...takes);
		return found?.due_at ?? null;
	}
	let next: number | null = null;
	for (const [state, priority] of TIMED_SEEKS) {
		const found = await ctx.sql.get<{ due_at: number }>(earliest, state, priority, ctx.now, ...takes);
		if (found !== undefined && (next === null || found.due_at < next)) next = found.due_at;
	}
	return next;
}
