import type { ClaimCommand, ClaimResult, Grant, GrantWithin } from "../backend/commands.ts";
import type { RecordedError } from "../backend/rows.ts";
import { AVOID_MS, byClaimRank, DEFAULT_AGING_MS } from "../core/dispatch.ts";
import { mayGrant } from "../core/instance/status.ts";
import { grant, refreshStatus } from "./open-rows.ts";
import type { Commit, MemoryState, OpenRow } from "./state.ts";

export function claim(state: MemoryState, commit: Commit, command: ClaimCommand): ClaimResult {
	const takes = filterOf(command);
	const avoidedUntil = avoidance(state, commit, command);
	const slots = state.isLive(command.owner, commit.now) ? command.slots : 0;
	const agingMs = command.agingMs ?? DEFAULT_AGING_MS;
	const due = [...dueRows(state, commit, takes)].filter((row) => avoidedUntil(row) <= commit.now);
	const rows = [...firstReady(state, takes, slots), ...due, ...abandoned(state, commit, takes)];
	const grants = rows
		.sort((a, b) => byClaimRank(a, b, agingMs) || a.sequence - b.sequence)
		.slice(0, Math.max(0, slots))
		.map((row) => take(state, commit, row, command.owner));
	for (const run of commit.touched) refreshStatus(run);
	const othersUntil = earliestEnd(state, commit, command.owner);
	return { grants, nextDueAt: nextDueAt(state, commit, takes, avoidedUntil), othersUntil, now: commit.now };
}

type Filter = (row: OpenRow) => boolean;

function filterOf({ definitions, tags, runId }: ClaimCommand): Filter {
	const hashes = new Set(definitions);
	const served = new Set(tags);
	return ({ run, tags: wanted }) =>
		(runId === null || run.instance.runId === runId) &&
		hashes.has(run.instance.definitionHash) &&
		mayGrant(run.instance) &&
		wanted.every((tag) => served.has(tag));
}

/** Whether whoever is described so can run it. */
export function isWithin({ run, tags }: OpenRow, { definitions, tags: served }: GrantWithin): boolean {
	return definitions.includes(run.instance.definitionHash) && tags.every((tag) => served.includes(tag));
}

/** Each queue is in claim order: what lies behind its first `slots` cannot be taken. */
function* firstReady(state: MemoryState, takes: Filter, slots: number): Generator<OpenRow> {
	for (const queue of state.ready.values()) {
		let found = 0;
		for (const row of queue) {
			if (found >= slots) break;
			if (!takes(row)) continue;
			found += 1;
			yield row;
		}
	}
}

/** Until when a due row is left to others: a retry that failed on this worker, while another lives. */
function avoidance(state: MemoryState, { now }: Commit, { owner, runId }: ClaimCommand): (row: OpenRow) => number {
	const hasOthers = [...state.workers.keys()].some((workerId) => workerId !== owner && state.isLive(workerId, now));
	return (row) => {
		if (row.state !== "retrying" || row.dueAt === null || runId !== null || !hasOthers) return 0;
		const failedHere = row.run.attempts.some(
			(attempt) => attempt.path === row.path && attempt.epoch === row.epoch && attempt.worker === owner,
		);
		return failedHere ? row.dueAt + AVOID_MS : 0;
	};
}

function* dueRows(state: MemoryState, commit: Commit, takes: Filter): Generator<OpenRow> {
	for (const row of state.timed) {
		if (row.dueAt !== null && row.dueAt > commit.now) return;
		if (takes(row)) yield row;
	}
}

/** Rows whose owner is no longer alive. */
function* abandoned(state: MemoryState, commit: Commit, takes: Filter): Generator<OpenRow> {
	for (const [owner, rows] of state.leases) {
		if (state.isLive(owner, commit.now)) continue;
		for (const row of rows) if (takes(row)) yield row;
	}
}

function nextDueAt(
	state: MemoryState,
	{ now }: Commit,
	takes: Filter,
	avoidedUntil: (row: OpenRow) => number,
): number | null {
	let next = Number.POSITIVE_INFINITY;
	for (const row of state.timed) {
		if (row.dueAt === null || row.dueAt >= next) break;
		const at = row.dueAt > now ? row.dueAt : avoidedUntil(row);
		if (at > now && at < next && takes(row)) next = at;
	}
	return Number.isFinite(next) ? next : null;
}

/** When the first lease of another worker that holds something runs out. */
function earliestEnd(state: MemoryState, { now }: Commit, self: string): number | null {
	const ends = [...state.leases.keys()]
		.filter((owner) => owner !== self && state.isLive(owner, now))
		.map((owner) => state.workers.get(owner)?.expiresAt ?? now);
	return ends.length === 0 ? null : Math.min(...ends);
}

function take(state: MemoryState, commit: Commit, row: OpenRow, owner: string): Grant {
	if (row.state === "running") chargeCrash(state, commit, row);
	return grant(state, commit, row, owner);
}

/** The attempt ended with its worker: it counts. */
function chargeCrash(state: MemoryState, commit: Commit, row: OpenRow): void {
	const { run, path, epoch, attempt } = row;
	const version = commit.touch(run);
	const worker = row.owner ?? "";
	run.attempts.push(
		Object.freeze({
			path,
			epoch,
			attempt,
			outcome: "lost",
			error: lostError(worker),
			startedAt: row.grantedAt ?? commit.now,
			finishedAt: commit.now,
			worker,
			nextAttemptAt: commit.now,
			version,
		}),
	);
	state.change(row, { attempt: attempt + 1, crashes: row.crashes + 1, version });
}

function lostError(worker: string): RecordedError {
	const message = `Worker ${worker} died or lost its lease during this attempt.`;
	return Object.freeze({ name: "WorkerLost", message, code: null, stack: null, cause: null });
}
