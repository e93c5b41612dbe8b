import type { ClaimCommand, ClaimResult, Grant } from "../backend/commands.ts";
import type { RecordedError } from "../backend/rows.ts";
import { mayGrant } from "../core/instance/status.ts";
import { grant, refreshStatus } from "./open-rows.ts";
import { byClaim, type Commit, type MemoryState, type OpenRow } from "./state.ts";

export function claim(state: MemoryState, commit: Commit, command: ClaimCommand): ClaimResult {
	const takes = filterOf(command);
	const slots = state.isLive(command.owner, commit.now) ? command.slots : 0;
	const rows = [...firstReady(state, takes, slots), ...due(state, commit, takes), ...abandoned(state, commit, takes)];
	const grants = rows
		.sort(byClaim)
		.slice(0, Math.max(0, slots))
		.map((row) => take(state, commit, row, command.owner));
	for (const run of commit.touched) refreshStatus(run);
	return { grants, nextDueAt: nextDueAt(state, commit, takes), now: commit.now };
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

/** The queue is in claim order: what lies behind the first `slots` cannot be taken. */
function* firstReady(state: MemoryState, takes: Filter, slots: number): Generator<OpenRow> {
	let found = 0;
	for (const row of state.ready) {
		if (found >= slots) return;
		if (!takes(row)) continue;
		found += 1;
		yield row;
	}
}

function* due(state: MemoryState, commit: Commit, takes: Filter): Generator<OpenRow> {
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

function nextDueAt(state: MemoryState, commit: Commit, takes: Filter): number | null {
	for (const row of state.timed) if (row.dueAt !== null && row.dueAt > commit.now && takes(row)) return row.dueAt;
	return null;
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
