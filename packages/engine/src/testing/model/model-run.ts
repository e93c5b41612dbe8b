import type { ControlResult, Grant, SettleCommand, SettleOutcome } from "../../backend/commands.ts";
import type { ControlKind, InstanceRecord } from "../../backend/rows.ts";
import { isTerminal, liveStatus, type TerminalStatus } from "../../core/instance/status.ts";
import { type AttemptResult, attemptResult } from "./behaviour.ts";
import { compareStep, same } from "./compare-step.ts";
import { insist } from "./contradiction.ts";
import { type ModelRow, ModelRows } from "./model-rows.ts";
import { type Draft, emptyDraft, openScope, Verdict } from "./model-walk.ts";
import type { Plan, PlannedTask } from "./plan.ts";

/** Crashes that a task without a retry policy survives. */
const CRASH_ALLOWANCE = 3;

/**
 * One run as the documents say it must go, in step with the commits of the real engine: sequential, without leases,
 * batches or references. It knows where the run stands, which values it has, its inbox, and what was asked of it; each
 * commit must be one that it allows, and then moves it on.
 */
export class ModelRun {
	readonly rows = new ModelRows();
	readonly recorded = new Map<string, unknown>();
	status: "live" | TerminalStatus = "live";
	isPauseWanted = false;
	isCancelWanted = false;
	output: unknown = undefined;
	#isStarted = false;
	readonly #settled = new Set<string>();

	constructor(
		readonly runId: string,
		readonly instanceId: string,
		readonly plan: Plan,
		readonly input: unknown,
		now: number,
	) {
		const draft = emptyDraft();
		const place = { prefix: "", iteration: null, branch: null };
		openScope(plan.scope, { ...place, onEnd: (value, next) => this.#end(value, next) }, input, draft);
		for (const opening of draft.opened) this.rows.add(opening, now);
	}

	/** A lease was granted. */
	granted({ path, epoch, attempt, crashes, signalId }: Grant, owner: string, now: number): void {
		const row = this.rows.open.get(path);
		insist(row !== undefined, "I2", () => `${this.runId} granted ${path}, which is not open`);
		insist(this.status === "live", "I15", () => `${this.runId} granted ${path} although it is ${this.status}`);
		insist(!this.isCancelWanted, "I15", () => `${this.runId} granted ${path} after a cancel`);
		insist(!this.isPauseWanted, "I17", () => `${this.runId} granted ${path} while paused`);
		insist(epoch > row.epoch, "I10", () => `${path} was granted with epoch ${epoch} after ${row.epoch}`);
		if (row.state === "running") Object.assign(row, { attempt: row.attempt + 1, crashes: row.crashes + 1 });
		insist(row.state !== "joining", "I4", () => `${path} was granted before all of its branches had ended`);
		const isEarly = row.dueAt !== null && row.dueAt > now && row.state !== "ready" && row.state !== "running";
		insist(!isEarly, "I8", () => `${path} was granted ${(row.dueAt ?? 0) - now} ms before it was due`);
		const isForSignal = row.state === "awaiting_signal" && row.dueAt === null;
		insist(!isForSignal, "I23", () => `${path} was granted without a signal`);
		insist(signalId === row.signalId, "I24", () => `${path} was granted signal ${signalId}, not ${row.signalId}`);
		const counted = attempt === row.attempt && crashes === row.crashes;
		insist(counted, "I7", () => `${path} is attempt ${attempt}/${crashes}, not ${row.attempt}/${row.crashes}`);
		this.#isStarted = true;
		row.epoch = epoch;
		row.owner = owner;
		if (row.opening.task !== null) row.state = "running";
	}

	/** Whether this settle is the one of the lease that stands. */
	isCurrent({ path, owner, epoch }: SettleCommand): boolean {
		const row = this.rows.open.get(path);
		return row !== undefined && row.owner === owner && row.epoch === epoch;
	}

	wasSettled({ path, owner, epoch }: SettleCommand): boolean {
		return this.#settled.has(`${path} ${owner} ${epoch}`);
	}

	discarded(command: SettleCommand, now: number): void {
		const row = this.#take(command);
		insist(this.isCancelWanted, "I14", () => `a result of ${command.path} was discarded without a cancel`);
		this.rows.close(row, now);
	}

	settled(command: SettleCommand, now: number): void {
		const row = this.#take(command);
		const { outcome, path } = command;
		insist(this.status === "live", "I20", () => `${path} was settled although its run is ${this.status}`);
		const mayRecord = !this.isCancelWanted || outcome.kind === "released";
		insist(mayRecord, "I15", () => `${path} was recorded after a cancel`);
		if (outcome.kind === "released") {
			this.rows.release(row);
			return;
		}
		if (row.opening.task === null) this.#endWait(row, outcome, now);
		else this.#endAttempt(row, row.opening.task, outcome, now);
	}

	#take(command: SettleCommand): ModelRow {
		const row = this.rows.open.get(command.path);
		const isMine = row !== undefined && this.isCurrent(command);
		insist(isMine, "I10", () => `${command.owner} settled ${command.path} with the stale epoch ${command.epoch}`);
		this.#settled.add(`${command.path} ${command.owner} ${command.epoch}`);
		return row;
	}

	#endWait(row: ModelRow, outcome: SettleOutcome, now: number): void {
		const { opening, signalId } = row;
		if (opening.opensAs === "waiting") {
			insist(row.dueAt !== null && row.dueAt <= now, "I32", () => `${opening.path} ended before its time`);
			this.#complete(row, opening.input(), null, outcome, now);
			return;
		}
		const signal = this.rows.signals.find((one) => one.signalId === signalId) ?? null;
		const isOver = signal !== null || (row.dueAt !== null && row.dueAt <= now);
		insist(isOver, "I26", () => `${opening.path} ended with neither a signal nor its timeout`);
		const isTimed = opening.dueInMs !== null;
		if (signal === null) this.#complete(row, { received: false }, null, outcome, now);
		else
			this.#complete(row, isTimed ? { received: true, payload: signal.payload } : signal.payload, null, outcome, now);
	}

	#endAttempt(
		row: ModelRow,
		task: PlannedTask,
		outcome: Exclude<SettleOutcome, { kind: "released" }>,
		now: number,
	): void {
		const { path, iteration } = row.opening;
		const isExhausted =
			row.crashes > 0 && (task.retry === null ? row.crashes > CRASH_ALLOWANCE : row.attempt > task.retry.maxAttempts);
		const result = attemptResult(task.does, path, row.opening.input(), row.attempt, iteration);
		const how = outcome.failure?.outcome ?? null;
		insist((how === "lost") === isExhausted, "I7", () => `${path} ended as ${how} after ${row.crashes} crashes`);
		insist(how !== "timed_out" || task.timeoutMs !== null, "I5", () => `${path} timed out without a timeout`);
		if (how !== "lost" && how !== "timed_out" && result.kind !== "failure") {
			insist(!(task.does.kind === "hangs"), "I5", () => `${path} hangs and yet it ended`);
			this.#succeed(row, task, result, outcome, now);
			return;
		}
		const isRetryable = how === "timed_out" || (how === "failed" && result.kind === "failure" && result.retryable);
		if (isRetryable && task.retry !== null && row.attempt < task.retry.maxAttempts) {
			insist(outcome.kind === "retry", "I5", () => `${path} should be tried again, and is ${outcome.kind}`);
			Object.assign(row, { state: "retrying", attempt: row.attempt + 1, owner: null, dueAt: now + outcome.delayMs });
		} else if (task.onFailure === "value") {
			this.#complete(row, { ok: false }, null, outcome, now);
		} else {
			this.#fail(row, outcome, now);
		}
	}

	#succeed(
		row: ModelRow,
		task: PlannedTask,
		result: Exclude<AttemptResult, { kind: "failure" }>,
		outcome: SettleOutcome,
		now: number,
	): void {
		const raw = result.value;
		const value = result.kind === "verdict" ? new Verdict(result.verdict, raw) : raw;
		const bytes = task.does.kind === "key" ? null : { json: raw };
		this.#complete(row, task.onFailure === "value" ? { ok: true, value } : value, bytes, outcome, now);
	}

	/** The node has this value, unless a loop ends in an error with it. */
	#complete(row: ModelRow, value: unknown, bytes: { json: unknown } | null, outcome: SettleOutcome, now: number): void {
		const draft = emptyDraft();
		const { path } = row.opening;
		row.opening.goOn(value, draft);
		if (draft.fails) {
			this.#fail(row, outcome, now);
			return;
		}
		insist(outcome.kind === "completed", "I5", () => `${path} should be completed, and is ${outcome.kind}`);
		compareStep(path, draft, bytes, outcome);
		const consumed = this.rows.signals.find(({ signalId }) => signalId === row.signalId);
		insist(outcome.consumes === row.signalId, "I23", () => `${path} consumes ${outcome.consumes}, not ${row.signalId}`);
		if (consumed !== undefined) consumed.consumedBy = path;
		this.#record(path, value);
		for (const one of draft.recorded) this.#record(one.path, one.value);
		for (const effect of draft.effects) effect();
		this.rows.close(row, now);
		for (const opening of draft.opened) this.rows.add(opening, now);
		if (draft.countDown !== null) this.#countDown(draft.countDown);
		if (draft.end !== null) this.finish("completed", draft.end.value);
	}

	#fail(row: ModelRow, outcome: SettleOutcome, now: number): void {
		const { branch, path } = row.opening;
		if (branch === null) {
			insist(outcome.kind === "failed", "I5", () => `${path} should fail the run, and is ${outcome.kind}`);
			this.rows.freeze(row);
			this.status = "failed";
			this.isPauseWanted = false;
			return;
		}
		insist(outcome.kind === "completed", "I5", () => `${path} should fail its branch, and is ${outcome.kind}`);
		same(
			"I6",
			`${path} fails`,
			outcome.recorded.map((one) => one.path),
			[branch.path],
		);
		same("I6", `${path} counts down`, outcome.countDown, branch.joinPath);
		const consumed = this.rows.signals.find(({ signalId }) => signalId === outcome.consumes);
		if (consumed !== undefined) consumed.consumedBy = path;
		this.#record(branch.path, { ok: false });
		branch.fail();
		this.rows.close(row, now);
		for (const other of [...this.rows.open.values()]) {
			if (other.opening.path.startsWith(`${branch.path}/`)) this.rows.close(other, now);
		}
		this.#countDown(branch.joinPath);
	}

	#record(path: string, value: unknown): void {
		insist(!this.recorded.has(path), "I1", () => `${path} was recorded twice`);
		this.recorded.set(path, value);
	}

	#countDown(joinPath: string): void {
		const join = this.rows.open.get(joinPath);
		insist(join?.state === "joining", "I6", () => `${joinPath} does not wait for branches`);
		join.remaining -= 1;
		if (join.remaining === 0) join.state = "ready";
	}

	#end(value: unknown, draft: Draft): void {
		draft.end = { value };
	}

	finish(status: TerminalStatus, output?: unknown): void {
		this.status = status;
		this.output = output;
		this.isPauseWanted = false;
		this.isCancelWanted = false;
		this.rows.open.clear();
	}

	controlled(kind: ControlKind, result: ControlResult): void {
		if (result.kind === "not_found" || result.kind === "conflict") return;
		const { status, control } = result.instance;
		if (result.kind === "finished") {
			const isOver = this.status !== "live" || this.isCancelWanted;
			insist(isOver, "I16", () => `${kind} of ${this.instanceId} was refused although it is live`);
			if (this.isCancelWanted) this.finish("cancelled");
			return;
		}
		// To be shown something moves nothing.
		if (!result.changed || kind === "reveal") return;
		const isMovable = kind === "retry" ? this.status === "failed" : this.status === "live";
		insist(isMovable, "I20", () => `${kind} moved ${this.instanceId}, which is ${this.status}`);
		switch (kind) {
			case "pause":
				this.isPauseWanted = true;
				break;
			case "unpause":
				this.isPauseWanted = false;
				break;
			case "cancel":
				this.isCancelWanted = true;
				if (status === "cancelled") this.finish("cancelled");
				break;
			case "retry":
				this.status = "live";
				this.rows.reopen();
				break;
			case "retryNow":
				// The node's own part is judged by retriedNow.
				break;
		}
		const isAtOnce = control === "none" || result.inFlight.length > 0;
		insist(isAtOnce, "I16", () => `${kind} of ${this.instanceId} waits for nobody and yet did not take effect at once`);
		this.check({ status, control }, "I16");
	}

	/** Whether a stored status is one that this run may have. */
	check({ status, control }: Pick<InstanceRecord, "status" | "control">, invariant: string): void {
		const shown = control === "none" ? status : control;
		insist(
			this.#allowed().includes(shown),
			invariant,
			() => `${this.instanceId} is ${shown}, not ${this.#allowed().join(" or ")}`,
		);
	}

	#allowed(): readonly string[] {
		if (this.status !== "live") return [this.status];
		if (this.isCancelWanted) return ["cancelling", "cancelled"];
		if (this.isPauseWanted) return ["pausing", "paused"];
		const states = [...this.rows.open.values()].map(({ state }) => state);
		return [liveStatus(states, this.#isStarted ? 0 : null)];
	}

	get isOver(): boolean {
		return this.status !== "live" && isTerminal(this.status);
	}
}
