import { createHash } from "node:crypto";
import { InMemoryBackend } from "../../memory/in-memory-backend.ts";
import { comparable } from "../model/behaviour.ts";
import { buildPlan } from "../model/build-plan.ts";
import { checkClaim, checkSignalled } from "../model/claims.ts";
import { type CommitEvent, lineOf } from "../model/commit-event.ts";
import { Contradiction, insist } from "../model/contradiction.ts";
import { LeaseChecker } from "../model/leases.ts";
import { ModelWorld } from "../model/model-world.ts";
import { Random } from "../model/random.ts";
import { sequentialIds } from "../sequential-ids.ts";
import { Chaos } from "./chaos.ts";
import { Fleet } from "./fleet.ts";
import { Network } from "./network.ts";
import { Nurse } from "./nurse.ts";
import { Operator } from "./operator.ts";
import type { Scenario } from "./scenario.ts";
import { Schedule } from "./schedule.ts";
import { processOf } from "./simulated-process.ts";

export interface Outcome {
	readonly violation: { readonly invariant: string; readonly message: string } | null;
	/** SHA-256 of the list of commits. */
	readonly hash: string;
	readonly commits: number;
	readonly steps: number;
	/** The end of the list, for people; whole if it was asked for. */
	readonly log: readonly string[];
}

const START = 1_800_000_000_000;
/** Commits between two looks at all that is stored. */
const LOOK_EVERY = 40;
/** No schedule needs so many; one that does goes round in circles. */
const MOST_STEPS = 60_000;

/** Plays one schedule of the real engine on virtual time, and judges every commit. */
export async function simulate(scenario: Scenario, options: { readonly keepsLog?: boolean } = {}): Promise<Outcome> {
	return new Simulation(scenario, options.keepsLog ?? false).play();
}

class Simulation {
	readonly #scenario: Scenario;
	readonly #keepsLog: boolean;
	readonly #schedule: Schedule;
	readonly #inner: InMemoryBackend;
	readonly #model: ModelWorld;
	readonly #leases: LeaseChecker;
	readonly #fleet: Fleet;
	readonly #operator: Operator;
	readonly #network: Network;
	readonly #random: Random;
	readonly #hash = createHash("sha256");
	#log: string[] = [];
	#commits = 0;
	#violation: Outcome["violation"] = null;

	constructor(scenario: Scenario, keepsLog: boolean) {
		this.#scenario = scenario;
		this.#keepsLog = keepsLog;
		this.#random = new Random(scenario.seed);
		const schedule = new Schedule(this.#random.stream("order"), START);
		this.#schedule = schedule;
		const ids = sequentialIds("s");
		this.#inner = new InMemoryBackend({ clock: { now: () => schedule.now } });
		this.#model = new ModelWorld(scenario.plans);
		this.#leases = new LeaseChecker(scenario.hasTwins);
		const workflows = scenario.plans.map((plan) => buildPlan(plan, processOf));
		this.#network = new Network(scenario, schedule, this.#random.stream("network"), this.#inner, {
			committed: (event) => this.#committed(event),
			refused: (message) => this.#fail(new Contradiction("I14", message)),
		});
		const parts = { scenario, schedule, network: this.#network, inner: this.#inner, workflows, ids };
		const note = (what: string) => this.#committed({ at: schedule.now, by: "chaos", call: "fault", what });
		const failed = (error: unknown) => this.#fail(error);
		const heard = (event: CommitEvent) => this.#committed(event);
		this.#fleet = new Fleet({ ...parts, random: this.#random.stream("fleet"), note, heard });
		this.#operator = new Operator({
			...parts,
			random: this.#random.stream("operator"),
			model: this.#model,
			fleet: this.#fleet,
			failed,
		});
	}

	async play(): Promise<Outcome> {
		try {
			const { schedule, scenario } = { schedule: this.#schedule, scenario: this.#scenario };
			this.#fleet.launch();
			this.#operator.begin();
			const note = (what: string) => this.#committed({ at: schedule.now, by: "chaos", call: "fault", what });
			const random = this.#random.stream("chaos");
			const chaos = new Chaos({ scenario, schedule, fleet: this.#fleet, network: this.#network, random, note });
			chaos.begin();
			await this.#run(() => !chaos.isOver);
			await this.#live();
			if (this.#violation === null) await this.#end();
		} catch (error) {
			this.#fail(error);
		}
		return {
			violation: this.#violation,
			hash: this.#hash.digest("hex"),
			commits: this.#commits,
			steps: this.#schedule.steps,
			log: this.#log,
		};
	}

	/** Faults are over: now everything must end. */
	async #live(): Promise<void> {
		this.#network.heal();
		this.#committed({ at: this.#schedule.now, by: "chaos", call: "fault", what: "calm" });
		this.#fleet.recover();
		this.#operator.calm();
		const { leaseMs, pollMs } = this.#scenario;
		const outside = { operator: this.#operator, network: this.#network };
		const roundMs = Math.max(leaseMs, pollMs);
		const nurse = new Nurse(this.#schedule, this.#model, outside, roundMs, () => this.#guardedLook());
		nurse.begin();
		await this.#run(() => !nurse.isOver);
		if (this.#violation === null) nurse.verdict();
	}

	/** Everybody goes home, and what is stored is looked at once more. */
	async #end(): Promise<void> {
		let isDone = false;
		this.#fleet.stopAll().then(
			() => {
				isDone = true;
			},
			(error) => this.#fail(error),
		);
		await this.#run(() => !isDone);
		insist(isDone, "I16", () => "a worker does not stop");
		this.#fleet.checkStopped();
		const orphans = await this.#inner.listOrphans();
		insist(orphans.length === 0, "I27", () => `${orphans.map((one) => one.instanceId)} are orphans at the end`);
		await this.#look();
		const { byStatus } = await this.#inner.countInstances();
		const { completed, failed, cancelled, ...live } = byStatus;
		const alive = Object.values(live).reduce((sum, count) => sum + count, 0);
		insist(alive === 0, "I27", () => `stored at the end: ${JSON.stringify({ ...live, completed, failed, cancelled })}`);
		for (const run of this.#model.newest.values()) {
			if (run.status !== "completed") continue;
			const output = await this.#operator.readOutput(run.instanceId);
			const [is, should] = [comparable(output), comparable(run.output)];
			insist(is === should, "I5", () => `${run.instanceId} yields ${is}, not ${should}`);
		}
	}

	async #run(goesOn: () => boolean): Promise<void> {
		await this.#schedule.run(() => this.#violation === null && goesOn() && this.#schedule.steps < MOST_STEPS);
		const isEndless = this.#schedule.steps >= MOST_STEPS;
		if (isEndless) this.#fail(new Contradiction("I27", `it goes round in circles: ${MOST_STEPS} steps`));
	}

	#committed(event: CommitEvent): void {
		if (this.#violation !== null) return;
		const line = lineOf(event);
		this.#hash.update(line).update("\n");
		this.#commits += 1;
		this.#log.push(line);
		if (!this.#keepsLog && this.#log.length > 400) this.#log = this.#log.slice(-200);
		try {
			this.#model.apply(event);
			this.#leases.apply(event);
			checkClaim(event, this.#model, this.#leases);
			checkSignalled(event, this.#model, this.#leases);
		} catch (error) {
			this.#fail(error);
			return;
		}
		if (this.#commits % LOOK_EVERY === 0) void this.#guardedLook();
	}

	#guardedLook(): Promise<void> {
		return this.#look().catch((error) => this.#fail(error));
	}

	/** Holds what is stored against the model. The backend in memory answers within this very step. */
	async #look(): Promise<void> {
		const stored = await this.#inner.listInstances({
			statuses: ["cancelled"],
			workflows: [],
			limit: 200,
			cursor: null,
		});
		for (const { runId } of stored.instances) {
			const run = this.#model.runs.get(runId);
			if (run?.isCancelWanted === true) run.finish("cancelled");
		}
		for (const runId of [...this.#model.runs.keys()]) {
			const snapshot = await this.#inner.getSnapshot(runId, 0);
			if (!this.#model.runs.has(runId)) continue;
			insist(snapshot !== null, "I35", () => `${runId} is not stored`);
			this.#model.compare(snapshot);
		}
	}

	#fail(error: unknown): void {
		if (this.#violation !== null) return;
		const isKnown = error instanceof Contradiction;
		const message = isKnown ? error.message : `${String(error)}\n${error instanceof Error ? error.stack : ""}`;
		this.#violation = { invariant: isKnown ? error.invariant : "error", message };
	}
}
