import {
	type CreateCommand,
	type CreateResult,
	type DefinitionRecord,
	isTerminal,
	type SettleCommand,
	type SettleResult,
	type SignalCommand,
	type SignalResult,
} from "@waymark/engine/backend";
import type { HintCause, Touches } from "../commit-context.ts";
import type { Database } from "../sql.ts";
import { applyCreate, created } from "./apply-create.ts";
import { applySettle } from "./apply-settle.ts";
import { applySignal, isPlain } from "./apply-signal.ts";
import type { ChangedRun, CreatedRun, Flush } from "./flush.ts";
import type { KnownRun, RunChanges } from "./known-run.ts";
import { KnownRuns } from "./known-runs.ts";
import { LeftBehind } from "./left-behind.ts";
import type { RecentValues } from "./recent-values.ts";

/** A database that is away for longer is waited for by the general way. */
const MOST_ATTEMPTS = 4;
const FIRST_PAUSE_MS = 20;

/** A command that may go the set-based way. */
export type SimpleCommand =
	| { readonly kind: "create"; readonly command: CreateCommand }
	| { readonly kind: "settle"; readonly command: SettleCommand }
	| { readonly kind: "signal"; readonly command: SignalCommand };

/** What is to be known of a queued command. */
export interface Flushable {
	/** Null: it can only go the general way. */
	readonly simple: SimpleCommand | null;
	readonly touches: Touches;
	readonly resolve: (answer: unknown) => void;
}

/** A command that is part of the flush, and its answer once the moment of the commit is known. */
interface Decided {
	readonly queued: Flushable;
	readonly runId: string;
	readonly cause: HintCause;
	readonly answer: (now: number) => CreateResult | SettleResult | SignalResult;
}

/** One flush as it is made. */
class Draft {
	readonly runs = new Map<string, KnownRun>();
	/** Those of them that live, by instance id: no other run of it can be newer. Made for the first signal. */
	#live: ReadonlyMap<string, KnownRun> | null = null;
	readonly created = new Map<string, CreatedRun>();
	/** Instance ids that are given out here. */
	readonly started = new Set<string>();
	readonly decided: Decided[] = [];
	readonly leftBehind = new LeftBehind();

	/** `isFirst`: nothing of the group can have been written yet. */
	constructor(readonly isFirst: boolean) {}

	/** Before anything is decided. One that was read twice is taken once. */
	take(run: KnownRun): void {
		const { run_id: runId } = run.head;
		if (!this.runs.has(runId)) this.runs.set(runId, run);
	}

	/** The run that a signal to this instance belongs to, if it is known. */
	liveOf(instanceId: string): KnownRun | undefined {
		if (this.started.has(instanceId)) return;
		this.#live ??= new Map(
			[...this.runs.values()].filter(({ head }) => !isTerminal(head.status)).map((run) => [run.head.instance_id, run]),
		);
		return this.#live.get(instanceId);
	}

	/** Whether the signal may be one of the simple form. One that may have been stored before is the general way's. */
	mayTake(command: SignalCommand): boolean {
		return this.isFirst && isPlain(command);
	}

	/** `known`: hashes that the database has. */
	flush(known: ReadonlySet<string>): Flush {
		const changed: ChangedRun[] = [];
		const owners = new Set<string>();
		for (const run of this.runs.values()) {
			const { changes } = run;
			if (changes === null) continue;
			for (const owner of changes.owners) owners.add(owner);
			if (changes.expected > 0) changed.push({ run, changes });
		}
		const definitions = new Map<string, DefinitionRecord>();
		for (const { command } of this.created.values()) {
			if (!known.has(command.definition.hash)) definitions.set(command.definition.hash, command.definition);
		}
		return {
			definitions: [...definitions.values()],
			created: [...this.created.values()],
			changed,
			owners: [...owners],
		};
	}
}

/**
 * The set-based way for what is common: decides in memory from what the process knows of its runs, and writes all of it
 * at once. It is optimistic: what is not of the simple form, what the database refuses and all of a flush that fails
 * goes the general way, in the order in which it came. So nothing here tells a conflict from a lost reply.
 */
export class Flusher {
	readonly known = new KnownRuns();
	/** Hashes that are in the database. */
	readonly #definitions = new Set<string>();

	constructor(
		readonly database: Database,
		readonly recent: RecentValues,
		readonly announce: (changes: ReadonlyMap<string, ReadonlySet<HintCause>>) => void,
	) {}

	/** Answers what it left to the general way, in order. */
	async flush<Q extends Flushable>(group: readonly Q[]): Promise<readonly Q[]> {
		if (!group.some(({ simple }) => simple !== null)) return group;
		for (let attempt = 1; ; attempt++) {
			const draft = new Draft(attempt === 1);
			try {
				return await this.#attempt(group, draft);
			} catch (error) {
				this.forget(draft.runs.keys());
				// Which command was at fault the general way finds out.
				if (attempt === MOST_ATTEMPTS || !this.database.mayPass(error)) return group;
			}
			// A flush that was written after all is found in what is read anew: its commands go the general way.
			await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE_MS * attempt * (0.5 + Math.random())));
		}
	}

	async #attempt<Q extends Flushable>(group: readonly Q[], draft: Draft): Promise<readonly Q[]> {
		await this.#load(group, draft);
		for (const queued of group) {
			if (!this.#decide(queued, draft)) draft.leftBehind.add(queued.touches);
		}
		return draft.decided.length === 0 ? group : this.#write(group, draft);
	}

	/** These runs were changed by others, or may have been. */
	forget(runIds: Iterable<string>): void {
		for (const runId of runIds) this.known.forget(runId);
	}

	/** Reads the runs that this process does not know, all at once. */
	async #load(group: readonly Flushable[], draft: Draft): Promise<void> {
		const runs = new Set<string>();
		const instances = new Set<string>();
		for (const { simple } of group) {
			if (simple?.kind === "settle") {
				const { runId } = simple.command;
				const known = this.known.get(runId);
				if (known === undefined) runs.add(runId);
				else draft.take(known);
			} else if (simple?.kind === "signal" && draft.mayTake(simple.command)) {
				const { instanceId } = simple.command;
				const known = this.known.ofInstance(instanceId);
				if (known === undefined) instances.add(instanceId);
				else draft.take(known);
			}
		}
		if (runs.size + instances.size === 0) return;
		for (const run of await this.database.load({ runs: [...runs], instances: [...instances] })) draft.take(run);
	}

	#decide(queued: Flushable, draft: Draft): boolean {
		const { simple } = queued;
		if (simple === null) return false;
		switch (simple.kind) {
			case "create":
				return this.#decideCreate(queued, simple.command, draft);
			case "settle":
				return this.#decideSettle(queued, simple.command, draft);
			case "signal":
				return this.#decideSignal(queued, simple.command, draft);
		}
	}

	#decideCreate(queued: Flushable, command: CreateCommand, draft: Draft): boolean {
		const { runId, instanceId, grantTo } = command;
		if (draft.runs.has(runId) || draft.started.has(instanceId)) return false;
		if (draft.leftBehind.has(runId, instanceId, grantTo?.owner ?? null)) return false;
		const made = applyCreate(command);
		draft.runs.set(runId, made.run);
		draft.created.set(runId, made);
		draft.started.add(instanceId);
		draft.decided.push({ queued, runId, cause: "create", answer: (now) => created(made, now) });
		return true;
	}

	#decideSettle(queued: Flushable, command: SettleCommand, draft: Draft): boolean {
		const { runId, owner } = command;
		const run = draft.runs.get(runId);
		if (run === undefined || draft.leftBehind.has(runId, run.head.instance_id, owner)) return false;
		const answer = applySettle(run, command);
		if (answer === null) return false;
		draft.decided.push({ queued, runId, cause: "settle", answer: () => answer });
		return true;
	}

	#decideSignal(queued: Flushable, command: SignalCommand, draft: Draft): boolean {
		const { instanceId, grantTo } = command;
		const run = draft.mayTake(command) ? draft.liveOf(instanceId) : undefined;
		if (run === undefined) return false;
		const { run_id: runId } = run.head;
		if (draft.leftBehind.has(runId, instanceId, grantTo?.owner ?? null)) return false;
		const answer = applySignal(run, command);
		if (answer === null) return false;
		// Nothing of one that was granted is left for a claim to take.
		const cause = answer.grants.length > 0 ? "claim" : "signal";
		draft.decided.push({ queued, runId, cause, answer: () => answer });
		return true;
	}

	async #write<Q extends Flushable>(group: readonly Q[], draft: Draft): Promise<readonly Q[]> {
		const flush = draft.flush(this.#definitions);
		const { now, refused } = await this.database.flush(flush);
		for (const { hash } of flush.definitions) this.#definitions.add(hash);
		const changes = new Map<string, ReadonlySet<HintCause>>();
		for (const { queued, runId, cause, answer } of draft.decided) {
			if (refused.has(runId)) continue;
			changes.set(runId, withCause(changes.get(runId), cause));
			queued.resolve(answer(now));
		}
		for (const [runId, run] of draft.runs) {
			if (refused.has(runId)) this.known.forget(runId);
			else if (run.changes !== null) this.#keep(run, run.changes, now);
		}
		this.announce(changes);
		if (refused.size === 0 && draft.decided.length === group.length) return [];
		const done = new Set(draft.decided.filter(({ runId }) => !refused.has(runId)).map(({ queued }) => queued));
		return group.filter((queued) => !done.has(queued));
	}

	#keep(run: KnownRun, changes: RunChanges, now: number): void {
		const { run_id: runId, ending } = run.head;
		if (ending === undefined) this.recent.add(runId, changes.appended);
		else this.recent.forget(runId);
		run.committed(now);
		this.known.keep(run);
	}
}

/** Made once: nearly every run has one. */
const ALONE = new Map<HintCause, ReadonlySet<HintCause>>();

function withCause(causes: ReadonlySet<HintCause> | undefined, cause: HintCause): ReadonlySet<HintCause> {
	if (causes?.has(cause) === true) return causes;
	if (causes !== undefined) return new Set([...causes, cause]);
	const alone = ALONE.get(cause) ?? new Set([cause]);
	ALONE.set(cause, alone);
	return alone;
}
