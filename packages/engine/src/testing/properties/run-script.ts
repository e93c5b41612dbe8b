import type { PersistentBackend } from "../../backend/contract.ts";
import type { TaskContext } from "../../core/builder/task-context.ts";
import type { Workflow } from "../../core/builder/workflow.ts";
import { WaymarkError } from "../../core/errors.ts";
import { WorkflowClient } from "../../runtime/client.ts";
import { PooledWorker } from "../../runtime/worker.ts";
import { value } from "../conformance/command-builders.ts";
import { FakeClock } from "../fake-clock.ts";
import { comparable } from "../model/behaviour.ts";
import { buildPlan } from "../model/build-plan.ts";
import { checkSignalled } from "../model/claims.ts";
import { type CommitEvent, lineOf } from "../model/commit-event.ts";
import { insist } from "../model/contradiction.ts";
import { LeaseChecker } from "../model/leases.ts";
import type { ModelRow } from "../model/model-rows.ts";
import { ModelWorld } from "../model/model-world.ts";
import type { OpenBackend } from "../semantics/world.ts";
import { sequentialIds } from "../sequential-ids.ts";
import type { Script, Step } from "./script.ts";
import { ScriptedProcess } from "./scripted-process.ts";

/** How one instance stood at the end. */
export interface End {
	readonly status: string;
	/** As text; errors are only noted as such. */
	readonly output: string;
}

export interface Played {
	readonly commits: readonly string[];
	readonly ends: ReadonlyMap<string, End>;
}

/** Longest that the end is waited for, in rounds of ticks; each lets the next wait pass. */
const MOST_ROUNDS = 300;

/**
 * Does a script's commands one after the other with the real client and workers, lets all instances end, and holds
 * every commit and what is stored in the end against the reference model.
 * @throws Contradiction
 */
export async function runScript(open: OpenBackend, script: Script): Promise<Played> {
	const clock = new FakeClock();
	const inner = await open({ clock, ids: sequentialIds("backend") });
	try {
		return await new ScriptRun(inner, clock, script).play();
	} finally {
		await inner.close();
	}
}

class ScriptRun {
	readonly #inner: PersistentBackend;
	readonly #clock: FakeClock;
	readonly #script: Script;
	readonly #model: ModelWorld;
	readonly #leases = new LeaseChecker();
	readonly #workflow: Workflow;
	readonly #ids = sequentialIds("t");
	readonly #client: WorkflowClient;
	readonly #commits: string[] = [];
	readonly #workers: { process: ScriptedProcess; worker: PooledWorker }[];
	#born = 0;
	#contradiction: unknown = null;

	constructor(inner: PersistentBackend, clock: FakeClock, script: Script) {
		this.#inner = inner;
		this.#clock = clock;
		this.#script = script;
		this.#model = new ModelWorld([script.plan]);
		this.#workflow = buildPlan(script.plan, processOf);
		this.#client = new WorkflowClient(this.#process("client").backend, { ids: this.#ids });
		this.#workers = Array.from({ length: script.workers }, () => this.#worker());
	}

	async play(): Promise<Played> {
		for (const step of this.#script.steps) {
			await this.#do(step);
			if (this.#contradiction !== null) throw this.#contradiction;
		}
		await this.#untilOver();
		for (const { worker } of this.#workers) await worker.stop();
		const ends = await this.#ends();
		if (this.#contradiction !== null) throw this.#contradiction;
		return { commits: this.#commits, ends };
	}

	async #do(step: Step): Promise<void> {
		const { instance = "" } = "instance" in step ? step : {};
		switch (step.do) {
			case "start": {
				const { onConflict } = step;
				const workflow = this.#workflow as Workflow<unknown, unknown>;
				return answered(this.#client.start(workflow, instance, 7, { onConflict }));
			}
			case "tick":
				return this.#tick(step.worker % this.#workers.length, step.diesAfter);
			case "advance":
				this.#clock.advance(step.ms);
				return;
			case "signal": {
				if (step.to !== null) return this.#signalTo(step.to % this.#workers.length, step);
				const options = step.key === null ? {} : { idempotencyKey: step.key };
				return answered(this.#client.sendSignal(instance, step.name, step.payload, options));
			}
			case "retryNow":
				return answered(this.#client.retryNow(instance, this.#pathToRetry(instance, step.which)));
			case "pause":
			case "unpause":
			case "cancel":
			case "retry":
			case "delete":
				return answered(this.#client[step.do](instance));
		}
	}

	/** The wait that it ends is granted to that worker, which dies before it hears of it. */
	async #signalTo(at: number, { instance, name, payload, key }: Extract<Step, { do: "signal" }>): Promise<void> {
		const { process, worker } = this.#workers[at] ?? this.#worker();
		const within = { slots: 1, definitions: [this.#workflow.definitionHash], tags: [] };
		const answer = await this.#process("sender").backend.sendSignal({
			signalId: this.#ids.next(),
			instanceId: instance,
			name,
			payload: value(payload),
			idempotencyKey: key,
			by: "sender",
			grantTo: worker.workerId === "" ? null : { owner: worker.workerId, ...within },
		});
		if (answer.kind !== "stored" || answer.grants.length === 0) return;
		void process.die();
		this.#workers[at] = this.#worker();
	}

	#pathToRetry(instance: string, which: number): string {
		const open = [...(this.#model.newest.get(instance)?.rows.open.values() ?? [])];
		const waiting = open.filter(({ state }) => state === "retrying");
		const among = waiting.length > 0 ? waiting : open;
		return among[which % among.length]?.opening.path ?? "nowhere";
	}

	async #tick(at: number, diesAfter: number | null): Promise<void> {
		const { process, worker } = this.#workers[at] ?? this.#worker();
		process.dieAfter(diesAfter);
		await Promise.race([worker.tick(), process.died]);
		await process.quiet();
		if (process.isDead) this.#workers[at] = this.#worker();
		else process.dieAfter(null);
	}

	/** Unpauses, supplies signals that are missing, and lets time pass, until nothing is live. */
	async #untilOver(): Promise<void> {
		for (let round = 0; round < MOST_ROUNDS; round += 1) {
			await this.#tick(round % this.#workers.length, null);
			if (this.#contradiction !== null) throw this.#contradiction;
			const live = [...this.#model.runs.values()].filter((run) => !run.isOver);
			if (live.length === 0) return;
			const waits: number[] = [];
			for (const run of live) {
				if (run.isPauseWanted) await answered(this.#client.unpause(run.instanceId));
				const stored = await this.#inner.getInstance(run.instanceId);
				if (run.isCancelWanted && stored?.runId === run.runId && stored.status === "cancelled") run.finish("cancelled");
				for (const row of [...run.rows.open.values()]) {
					const isForSignal = row.state === "awaiting_signal" && row.dueAt === null;
					if (isForSignal) await answered(this.#client.sendSignal(run.instanceId, row.opening.signal ?? "", round));
					waits.push(this.#waitOf(row));
				}
			}
			// A retry is left to other workers for a moment, so that some time must pass though it is due.
			this.#clock.advance(Math.max(Math.min(...waits, 16_000_000_000_000), 500));
		}
		insist(false, "I27", () => "after all rounds something has still not ended");
	}

	/** How long until this node can move: what a dead worker holds must expire first. */
	#waitOf({ state, dueAt, owner }: ModelRow): number {
		if (owner !== null) return 16_000;
		const isTimed = state === "waiting" || state === "retrying" || state === "awaiting_signal";
		if (isTimed) return dueAt === null ? 0 : dueAt - this.#clock.now();
		return state === "joining" ? Number.POSITIVE_INFINITY : 0;
	}

	async #ends(): Promise<ReadonlyMap<string, End>> {
		const orphans = await this.#inner.listOrphans();
		insist(orphans.length === 0, "I27", () => `${orphans.map((one) => one.instanceId)} are orphans at the end`);
		const ends = new Map<string, End>();
		for (const run of this.#model.runs.values()) {
			const snapshot = await this.#inner.getSnapshot(run.runId, 0);
			insist(snapshot !== null, "I35", () => `${run.runId} is not stored`);
			this.#model.compare(snapshot);
			if (this.#model.newest.get(run.instanceId) !== run) continue;
			const state = await new WorkflowClient(this.#inner).get(run.instanceId);
			const [is, should] = [
				comparable(state.status === "completed" ? state.output : null),
				comparable(run.output ?? null),
			];
			if (state.status === "completed")
				insist(is === should, "I5", () => `${run.instanceId} yields ${is}, not ${should}`);
			ends.set(run.instanceId, { status: state.status, output: is });
		}
		return ends;
	}

	#worker(): { process: ScriptedProcess; worker: PooledWorker } {
		this.#born += 1;
		const process = this.#process(`worker${this.#born}`);
		const worker = new PooledWorker(process.backend, {
			workflows: [this.#workflow],
			slots: this.#script.slots,
			name: process.name,
			log: process,
			clock: this.#clock,
			timers: process,
			ids: this.#ids,
			random: () => 0.5,
		});
		return { process, worker };
	}

	#process(name: string): ScriptedProcess {
		return new ScriptedProcess(name, this.#inner, this.#clock, (event) => this.#heard(event));
	}

	#heard(event: CommitEvent): void {
		this.#commits.push(lineOf(event));
		if (this.#contradiction !== null) return;
		try {
			this.#model.apply(event);
			this.#leases.apply(event);
			checkSignalled(event, this.#model, this.#leases);
		} catch (error) {
			this.#contradiction = error;
		}
	}
}

function processOf({ log, path }: TaskContext): ScriptedProcess {
	if (log instanceof ScriptedProcess) return log;
	throw new TypeError(`${path} runs outside of a script`);
}

/** A refusal is an answer. */
async function answered(request: Promise<unknown>): Promise<void> {
	try {
		await request;
	} catch (error) {
		if (!WaymarkError.is(error)) throw error;
	}
}
