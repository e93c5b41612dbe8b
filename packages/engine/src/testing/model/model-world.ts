import type { CreateCommand, CreateResult, DeleteCommand, DeleteResult } from "../../backend/commands.ts";
import type { WorkflowSnapshot } from "../../backend/rows.ts";
import { type CommitEvent, grantsOf, ownerOf } from "./commit-event.ts";
import { decoded } from "./compare-step.ts";
import { insist } from "./contradiction.ts";
import { retriedNow } from "./model-retry-now.ts";
import { ModelRun } from "./model-run.ts";
import { signalled } from "./model-signals.ts";
import type { Plan } from "./plan.ts";

/** All runs of the reference model, moved on by one commit after the other. */
export class ModelWorld {
	readonly runs = new Map<string, ModelRun>();
	readonly newest = new Map<string, ModelRun>();
	readonly #plans: ReadonlyMap<string, Plan>;
	/** Runs that were deleted: they must never be heard of again. */
	readonly #gone = new Set<string>();
	/** Control requests that were answered, and of which instance. */
	readonly #requests = new Map<string, string>();

	/** @param plans by workflow name */
	constructor(plans: readonly Plan[]) {
		this.#plans = new Map(plans.map((plan) => [plan.name, plan]));
	}

	/** @throws Contradiction */
	apply(event: CommitEvent): void {
		switch (event.call) {
			case "create":
				this.#created(event.command, event.result, event.at);
				break;
			case "settle":
				this.#settled(event);
				break;
			case "sendSignal": {
				const run = this.newest.get(event.command.instanceId);
				const isKnown = run !== undefined;
				const { kind } = event.result;
				insist(isKnown || kind === "not_found", "I21", () => `a signal for nobody was ${kind}`);
				if (kind === "not_found") insist(!isKnown, "I21", () => `${event.command.instanceId} was not found`);
				else if (run !== undefined) signalled(run, event.command, event.result, event.at);
				break;
			}
			case "control":
				if (this.#requests.has(event.command.requestId)) break;
				if (event.result.kind !== "not_found") {
					this.#requests.set(event.command.requestId, event.command.instanceId);
				}
				this.#controlled(event);
				break;
			case "retireWorker":
				for (const { rows } of this.runs.values()) {
					for (const row of rows.open.values()) if (row.owner === event.workerId) rows.release(row);
				}
				break;
			case "delete":
				this.#deleted(event.command, event.result);
				break;
			case "claim":
			case "registerWorker":
			case "heartbeat":
			case "reap":
			case "began":
			case "ended":
			case "fault":
				break;
		}
		this.#granted(event);
	}

	#granted(event: CommitEvent): void {
		for (const grant of grantsOf(event)) {
			const run = this.runs.get(grant.runId);
			insist(run !== undefined, "I35", () => `${grant.runId} was granted a lease and is not there`);
			run.granted(grant, ownerOf(event), event.at);
		}
	}

	#created(command: CreateCommand, result: CreateResult, now: number): void {
		const { runId, instanceId, onConflict } = command;
		if (this.runs.has(runId)) return;
		const existing = this.newest.get(instanceId);
		if (result.kind !== "created") {
			insist(existing !== undefined, "I33", () => `${instanceId} is said to exist, and does not`);
			return;
		}
		const mayStart = existing === undefined || onConflict === "terminateExisting";
		insist(mayStart, "I33", () => `${instanceId} was created a second time`);
		if (existing !== undefined && !existing.isOver) existing.finish("cancelled");
		const plan = this.#plans.get(command.definition.workflow);
		insist(plan !== undefined, "I36", () => `there is no plan ${command.definition.workflow}`);
		const run = new ModelRun(runId, instanceId, plan, decoded(command.input), now);
		this.runs.set(runId, run);
		this.newest.set(instanceId, run);
	}

	#settled({ command, result, at }: Extract<CommitEvent, { call: "settle" }>): void {
		const run = this.runs.get(command.runId);
		if (run === undefined) {
			insist(result.kind === "fenced", "I35", () => `${command.runId} is gone, and a settle of it is ${result.kind}`);
			return;
		}
		if (result.kind === "fenced") {
			const isFenced = !run.isCurrent(command) || run.isCancelWanted;
			insist(isFenced, "I10", () => `${command.path}#${command.epoch} was fenced without a cause`);
		} else if (run.wasSettled(command)) {
			const isReplay = result.kind === "discarded" || result.replayed;
			insist(isReplay, "I1", () => `${command.path}#${command.epoch} was settled twice`);
		} else if (result.kind === "discarded") {
			run.discarded(command, at);
			if (result.status === "cancelled") run.finish("cancelled");
		} else {
			insist(!result.replayed, "I10", () => `${command.path}#${command.epoch} is said to be settled before`);
			run.settled(command, at);
		}
	}

	#controlled({ kind, command, result, at }: Extract<CommitEvent, { call: "control" }>): void {
		const run = this.newest.get(command.instanceId);
		if (run === undefined) return;
		if ("path" in command) retriedNow(run, command.path, result, at);
		run.controlled(kind, result);
	}

	#deleted({ instanceId }: DeleteCommand, result: DeleteResult): void {
		if (result.kind !== "deleted") return;
		const newest = this.newest.get(instanceId);
		const isOver = newest === undefined || newest.isOver || newest.isCancelWanted;
		insist(isOver, "I35", () => `${instanceId} was deleted while it was live`);
		for (const [runId, run] of this.runs) {
			if (run.instanceId !== instanceId) continue;
			this.runs.delete(runId);
			this.#gone.add(runId);
		}
		this.newest.delete(instanceId);
		// What is left of a request goes with its run: sent again, it is a new one.
		for (const [requestId, of] of this.#requests) if (of === instanceId) this.#requests.delete(requestId);
	}

	/** Holds what is stored of one run against the model. @throws Contradiction */
	compare(snapshot: WorkflowSnapshot): void {
		const { instance, openNodes, checkpoints, signals } = snapshot;
		const run = this.runs.get(instance.runId);
		insist(!this.#gone.has(instance.runId), "I35", () => `${instance.runId} has come back`);
		insist(run !== undefined, "I35", () => `${instance.runId} is unknown`);
		run.check(instance, "I5");
		const recorded = checkpoints.map(({ path }) => path);
		sameSet("I3", `${instance.instanceId} has the checkpoints`, recorded, [...run.recorded.keys()]);
		if (!run.isCancelWanted) {
			const stored = openNodes.map((row) => `${row.path} ${row.state} ${row.attempt}/${row.crashes} ${row.signalId}`);
			const expected = [...run.rows.open.values()].map(
				(row) => `${row.opening.path} ${row.state} ${row.attempt}/${row.crashes} ${row.signalId}`,
			);
			sameSet("I5", `${instance.instanceId} has open`, stored, expected);
			const inbox = signals.map(({ signalId, reservedFor, consumedBy }) => `${signalId} ${reservedFor} ${consumedBy}`);
			const wanted = run.rows.signals.map((one) => `${one.signalId} ${one.reservedFor} ${one.consumedBy}`);
			if (run.status !== "completed" && run.status !== "cancelled") {
				sameSet("I22", `${instance.instanceId} has the signals`, inbox, wanted);
			}
		}
		const { done, total } = instance.progress;
		const isResolved = instance.status !== "completed" || done === total;
		insist(isResolved && done <= total, "I3", () => `${instance.instanceId} is ${instance.status} at ${done}/${total}`);
	}
}

function sameSet(invariant: string, what: string, actual: readonly string[], expected: readonly string[]): void {
	const [a, b] = [[...actual].sort().join(", "), [...expected].sort().join(", ")];
	insist(a === b, invariant, () => `${what} [${a}], not [${b}]`);
}
