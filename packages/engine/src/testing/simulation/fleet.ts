import type { PersistentBackend } from "../../backend/contract.ts";
import type { TaskContext } from "../../core/builder/task-context.ts";
import type { Workflow } from "../../core/builder/workflow.ts";
import type { Ids } from "../../core/ids.ts";
import { WorkflowClient } from "../../runtime/client.ts";
import { CheckpointingRunner } from "../../runtime/runner.ts";
import { PooledWorker } from "../../runtime/worker.ts";
import type { CommitEvent } from "../model/commit-event.ts";
import { insist } from "../model/contradiction.ts";
import type { Random } from "../model/random.ts";
import type { Network } from "./network.ts";
import type { Scenario, WorkerPlan } from "./scenario.ts";
import type { Schedule } from "./schedule.ts";
import { simulatedBackend } from "./simulated-backend.ts";
import { SimulatedProcess } from "./simulated-process.ts";

export interface FleetParts {
	readonly scenario: Scenario;
	readonly schedule: Schedule;
	readonly network: Network;
	readonly inner: PersistentBackend;
	readonly workflows: readonly Workflow[];
	readonly ids: Ids;
	readonly random: Random;
	note(what: string): void;
	/** Of user code. */
	heard(event: CommitEvent): void;
}

interface Member {
	readonly plan: WorkerPlan;
	process: SimulatedProcess;
	worker: PooledWorker;
	/** On the worker's own backend. */
	client: WorkflowClient;
	isStopping: boolean;
}

/** The processes that run workers and runners: the real ones, each with a backend, clocks and timers of its own. */
export class Fleet {
	readonly #parts: FleetParts;
	readonly #members: Member[] = [];
	readonly #runners: SimulatedProcess[] = [];
	#lastWorkerId = "";
	#born = 0;
	#isCalm = false;
	#isClosed = false;

	constructor(parts: FleetParts) {
		this.#parts = parts;
	}

	launch(): void {
		for (const plan of this.#parts.scenario.workers) {
			const member = { plan, isStopping: false, ...this.#spawn(plan) };
			this.#members.push(member);
			this.#start(member);
		}
	}

	/** Those that something can happen to. */
	get processes(): readonly SimulatedProcess[] {
		return [...this.#members.map(({ process }) => process), ...this.#runners].filter(({ isDead }) => !isDead);
	}

	/** A client in the process of a worker that lives; undefined: there is none. */
	clientBeside(random: Random): { readonly client: WorkflowClient; readonly died: Promise<void> } | undefined {
		const living = this.#members.filter(({ process }) => !process.isDead);
		if (living.length === 0) return undefined;
		const { client, process } = random.pick(living);
		return { client, died: process.died };
	}

	crash(process: SimulatedProcess): void {
		if (process.isDead) return;
		this.#parts.note(`${process.name} crashes`);
		process.crash();
		const member = this.#members.find((one) => one.process === process);
		if (member === undefined) return;
		const { schedule, random, scenario } = this.#parts;
		schedule.in(this.#isCalm ? 1 : random.int(0, scenario.leaseMs * 2), null, () => this.#restart(member, process));
	}

	/** Stops a worker in good order, and starts it again. */
	stop(process: SimulatedProcess): void {
		const member = this.#members.find((one) => one.process === process);
		if (member === undefined || member.isStopping) return;
		this.#parts.note(`${process.name} is told to stop`);
		member.isStopping = true;
		const again = () => {
			if (!process.isDead) this.crash(process);
		};
		member.worker.stop({ drain: this.#parts.random.pick([0, 500, 5_000]) }).then(again, again);
	}

	/** Sets a runner on an instance, in a process of its own. */
	drive(instanceId: string): void {
		const { network, inner, workflows, ids, random, scenario, note } = this.#parts;
		const process = this.#process("runner");
		this.#runners.push(process);
		const runner = new CheckpointingRunner(simulatedBackend(inner, network, process), {
			slots: random.int(1, 3),
			lease: scenario.leaseMs,
			tags: random.chance(0.5) ? ["gpu"] : [],
			backoff: random.chance(0.5) ? "wait" : "park",
			cancelGrace: scenario.cancelGraceMs,
			log: process,
			clock: process,
			timers: process,
			ids,
			random: () => random.next(),
		});
		note(`${process.name} drives ${instanceId}`);
		const workflow = random.pick(workflows) as Workflow<unknown, unknown>;
		const driven = random.chance(0.3)
			? runner.run(workflow, instanceId, random.int(0, 99), { onConflict: "useExisting" })
			: runner.resume(workflow, instanceId);
		const ends = (how: string) => {
			note(`${process.name} ends: ${how}`);
			process.crash();
		};
		driven.then(
			({ status }) => ends(status),
			(error: { code?: string }) => ends(error.code ?? "error"),
		);
	}

	/** Calm: whoever is frozen goes on, whoever is dead comes back, and nobody is anybody's twin. */
	recover(): void {
		this.#isCalm = true;
		for (const process of this.#runners) process.thaw();
		for (const member of this.#members) {
			const { process } = member;
			process.thaw();
			if (this.#parts.scenario.hasTwins && !process.isDead) process.crash();
			if (process.isDead) this.#restart(member, process);
		}
	}

	async stopAll(): Promise<void> {
		this.#isClosed = true;
		const { schedule, scenario } = this.#parts;
		// Runners need a moment to see that all has ended, and those that were frozen to come to.
		await new Promise<void>((resolve) => schedule.in(3_000 + 3 * scenario.leaseMs, null, resolve));
		// One whose stop failed earlier, for want of a database, is as good as crashed.
		await Promise.all(
			this.#members.map(({ worker, process }) => {
				const stopped = worker.stop().catch(() => process.crash());
				return Promise.race([stopped, process.died]);
			}),
		);
	}

	/** Whoever has stopped leaves no timer behind. */
	checkStopped(): void {
		for (const { process } of this.#members) {
			const left = process.timers;
			insist(process.isDead || left === 0, "I31", () => `${process.name} has stopped and left ${left} timers`);
		}
		for (const process of this.#runners) insist(process.isDead, "I27", () => `${process.name} never ends`);
	}

	#restart(member: Member, dead: SimulatedProcess): void {
		if (member.process !== dead || this.#isClosed) return;
		Object.assign(member, { isStopping: false, ...this.#spawn(member.plan) });
		this.#start(member);
	}

	#start(member: Member): void {
		const { process, worker } = member;
		// A worker that cannot register is started again by whoever watches over it.
		worker.start().catch(() => this.crash(process));
	}

	#spawn(plan: WorkerPlan): Pick<Member, "process" | "worker" | "client"> {
		const { network, inner, workflows, random, scenario, ids } = this.#parts;
		const process = this.#process("worker");
		const backend = simulatedBackend(inner, network, process);
		const client = new WorkflowClient(backend, { ids, clock: process, timers: process });
		const worker = new PooledWorker(backend, {
			workflows,
			slots: plan.slots,
			tags: plan.tags,
			name: random.chance(0.5) ? "worker" : process.name,
			lease: scenario.leaseMs,
			poll: scenario.pollMs,
			cancelGrace: scenario.cancelGraceMs,
			log: process,
			clock: process,
			timers: process,
			ids: { next: () => this.#workerId() },
			random: () => random.next(),
		});
		return { process, worker, client };
	}

	#workerId(): string {
		const { scenario, random, ids } = this.#parts;
		const isTwin = !this.#isCalm && scenario.hasTwins && this.#lastWorkerId !== "" && random.chance(0.4);
		if (!isTwin) this.#lastWorkerId = ids.next();
		return this.#lastWorkerId;
	}

	#process(kind: string): SimulatedProcess {
		const { schedule, scenario, random } = this.#parts;
		this.#born += 1;
		const skewMs = scenario.maxSkewMs === 0 ? 0 : random.int(-scenario.maxSkewMs, scenario.maxSkewMs);
		return new SimulatedProcess(`${kind}${this.#born}`, schedule, skewMs, {
			began: (process, context) => this.#heard("began", process, context),
			ended: (process, context) => this.#heard("ended", process, context),
			killed: (process) => this.crash(process),
		});
	}

	#heard(call: "began" | "ended", { name }: SimulatedProcess, { runId, path, attempt }: TaskContext): void {
		this.#parts.heard({ at: this.#parts.schedule.now, by: name, call, runId, path, attempt });
	}
}
