import type { PersistentBackend } from "../../backend/contract.ts";
import type { Workflow } from "../../core/builder/workflow.ts";
import { WaymarkError } from "../../core/errors.ts";
import type { Ids } from "../../core/ids.ts";
import { WorkflowClient } from "../../runtime/client.ts";
import { SIGNALS } from "../model/generate-plan.ts";
import type { ModelWorld } from "../model/model-world.ts";
import type { Random } from "../model/random.ts";
import type { Fleet } from "./fleet.ts";
import type { Network } from "./network.ts";
import type { Scenario } from "./scenario.ts";
import type { Schedule } from "./schedule.ts";
import { simulatedBackend } from "./simulated-backend.ts";
import { SimulatedProcess } from "./simulated-process.ts";

export interface OperatorParts {
	readonly scenario: Scenario;
	readonly schedule: Schedule;
	readonly network: Network;
	readonly inner: PersistentBackend;
	readonly workflows: readonly Workflow[];
	readonly ids: Ids;
	readonly random: Random;
	readonly model: ModelWorld;
	readonly fleet: Fleet;
	failed(error: unknown): void;
}

/** Longest that a request is repeated whose answer does not come. */
const MOST_TRIES = 4;

/** People and programs that start, signal and control instances, at random, by the real client. */
export class Operator {
	readonly #parts: OperatorParts;
	readonly #process: SimulatedProcess;
	readonly #client: WorkflowClient;
	#keys = 0;
	#isCalm = false;
	#unanswered = 0;
	/** Starts whose time has not come, or came while the operator was frozen. */
	#toStart = 0;

	constructor(parts: OperatorParts) {
		this.#parts = parts;
		const { schedule, inner, network, ids } = parts;
		this.#process = new SimulatedProcess("operator", schedule, 0, {
			began: () => undefined,
			ended: () => undefined,
			killed: () => undefined,
		});
		const backend = simulatedBackend(inner, network, this.#process);
		this.#client = new WorkflowClient(backend, { ids, timers: this.#process });
	}

	/** Every instance is started at some time; requests are strewn over the safety phase. */
	begin(): void {
		const { scenario, schedule, random } = this.#parts;
		const length = scenario.turns * scenario.turnMs;
		for (let at = 0; at < scenario.instances; at += 1) {
			this.#toStart += 1;
			schedule.in(random.int(0, at === 0 ? 10 : length / 2), this.#process, () => {
				this.#toStart -= 1;
				this.#start(`i${at}`, "useExisting");
			});
		}
		for (let at = 0; at < scenario.requests; at += 1) {
			schedule.in(random.int(0, length), this.#process, () => this.#request());
		}
		for (let at = 0; at < (scenario.retriesNow ?? 0); at += 1) {
			schedule.in(random.int(0, length), this.#process, () => this.#retryNow());
		}
	}

	/** Nothing that it asked for is still under way, and no start is still to come. */
	get isIdle(): boolean {
		return this.#toStart === 0 && this.#unanswered === 0 && !this.#process.isFrozen;
	}

	/** From now on it only helps. */
	calm(): void {
		this.#isCalm = true;
	}

	unpause(instanceId: string): void {
		this.#send((client, requestId) => client.unpause(instanceId, { requestId }));
	}

	signal(instanceId: string, name: string): void {
		const payload = this.#parts.random.int(0, 9_999);
		this.#send((client) => client.sendSignal(instanceId, name, payload));
	}

	/** Straight from what is stored, after everything. */
	async readOutput(instanceId: string): Promise<unknown> {
		const description = await new WorkflowClient(this.#parts.inner).get(instanceId);
		return description.status === "completed" ? description.output : undefined;
	}

	#request(): void {
		if (this.#isCalm) return;
		const { random, scenario } = this.#parts;
		const instanceId = `i${random.int(0, scenario.instances - 1)}`;
		const draw = random.next();
		if (draw < 0.35) this.#signalAtRandom(instanceId);
		else if (draw < 0.55) this.#send((client, requestId) => client.pause(instanceId, { requestId, reason: "random" }));
		else if (draw < 0.72) this.unpause(instanceId);
		else if (draw < 0.8) this.#send((client, requestId) => client.cancel(instanceId, { requestId }));
		else if (draw < 0.89) this.#send((client, requestId) => client.retry(instanceId, { requestId }));
		else if (draw < 0.93) this.#send((client) => client.delete(instanceId));
		else
			this.#start(instanceId, random.pick(["fail", "useExisting", "terminateExisting", "terminateExisting"] as const));
	}

	/** Mostly of a node in backoff, if there is one; else of any that is open, or of none. */
	#retryNow(): void {
		if (this.#isCalm) return;
		const { random, model } = this.#parts;
		const open = [...model.newest.values()].flatMap(({ instanceId, rows }) =>
			[...rows.open.values()].map(({ opening, state }) => ({ instanceId, path: opening.path, state })),
		);
		const waiting = open.filter(({ state }) => state === "retrying");
		const among = waiting.length > 0 && random.chance(0.8) ? waiting : open;
		const { instanceId, path } = among.length === 0 ? { instanceId: "i0", path: "nowhere" } : random.pick(among);
		this.#send((client, requestId) => client.retryNow(instanceId, path, { requestId }));
	}

	#start(instanceId: string, onConflict: "fail" | "useExisting" | "terminateExisting"): void {
		const { random, workflows } = this.#parts;
		const workflow = random.pick(workflows) as Workflow<unknown, unknown>;
		const input = random.int(0, 9_999);
		this.#send((client) => client.start(workflow, instanceId, input, { onConflict }));
	}

	#signalAtRandom(instanceId: string): void {
		const { random } = this.#parts;
		const name = random.pick(SIGNALS);
		const payload = random.int(0, 9_999);
		this.#keys += 1;
		// Now and then a key that was used before, mostly for something else.
		const idempotencyKey = random.chance(0.5) ? `key-${random.int(Math.max(this.#keys - 2, 0), this.#keys)}` : null;
		const options = idempotencyKey === null ? {} : { idempotencyKey };
		this.#send((client) => client.sendSignal(instanceId, name, payload, options));
	}

	/** By the operator's own client, or by one in the process of a worker, whose death leaves no answer. */
	#ask(request: (client: WorkflowClient) => Promise<unknown>): Promise<unknown> {
		const { scenario, random, fleet } = this.#parts;
		const isBeside = scenario.hasClientsBeside === true && random.chance(0.5);
		const beside = isBeside ? fleet.clientBeside(random) : undefined;
		if (beside === undefined) return request(this.#client);
		const died = beside.died.then(() => Promise.reject(new Error("the process died")));
		return Promise.race([request(beside.client), died]);
	}

	/** Asks again, under the same request id, while no answer comes; a refusal is an answer. */
	#send(request: (client: WorkflowClient, requestId: string) => Promise<unknown>): void {
		const requestId = this.#parts.ids.next();
		const ask = async () => {
			for (let tries = 0; tries < MOST_TRIES; tries += 1) {
				try {
					await this.#ask((client) => request(client, requestId));
					return;
				} catch (error) {
					if (WaymarkError.is(error)) return;
					await new Promise<void>((resolve) => this.#process.after(this.#parts.random.int(1, 400), resolve));
				}
			}
		};
		this.#unanswered += 1;
		ask()
			.catch((error) => this.#parts.failed(error))
			.finally(() => {
				this.#unanswered -= 1;
			});
	}
}
