import { WaymarkError, type WorkflowClient } from "@waymark/engine";
import type { InstanceRecord } from "@waymark/engine/backend";

export interface TrafficOptions {
	/** CSV file to import. */
	readonly salesFile: string;
	/** Reports go into a folder of this folder, one for each import. */
	readonly reportsFolder: string;
	/** Ms between two starts. */
	readonly every: number;
}

type Kind = "order" | "import" | "parcel";

/** What is started, in turn. */
const TURNS: readonly Kind[] = ["order", "parcel", "order", "import", "order", "parcel"];
const LIVE = ["pending", "in_progress", "waiting", "awaiting_signal", "paused"] as const;
const MOST_LIVE = 30;
const FIRST_NUMBER = 1001;
const ANSWER_AFTER_MS = 15_000;
/** Every third large order is left to whoever looks at the dashboard, as long as there are no more of them than this. */
const MOST_LEFT_TO_PEOPLE = 4;

const SKUS = ["lamp", "chair", "desk", "shelf", "vase"];

/** Starts instances at a gentle pace and answers most approvals, so that there is always something to see. */
export class Traffic {
	readonly #client: WorkflowClient;
	readonly #options: TrafficOptions;
	#number = FIRST_NUMBER;
	#timer: NodeJS.Timeout | undefined;
	#turn: Promise<void> = Promise.resolve();
	#stopped = false;

	constructor(client: WorkflowClient, options: TrafficOptions) {
		this.#client = client;
		this.#options = options;
	}

	/** Goes on after the highest number that is there. */
	async start(): Promise<void> {
		const { instances } = await this.#client.list({ limit: 200 });
		const numbers = instances.map(({ instanceId }) =>
			Number(/^(?:order|import|parcel)-(\d+)$/.exec(instanceId)?.[1] ?? 0),
		);
		this.#number = Math.max(FIRST_NUMBER, ...numbers.map((number) => number + 1));
		this.#next(0);
	}

	async stop(): Promise<void> {
		this.#stopped = true;
		clearTimeout(this.#timer);
		await this.#turn;
	}

	#next(inMs: number): void {
		if (this.#stopped) return;
		this.#timer = setTimeout(() => {
			this.#turn = this.#takeTurn()
				.catch((error: unknown) => console.error(`demo: ${String(error)}`))
				.finally(() => this.#next(this.#options.every));
		}, inMs);
	}

	async #takeTurn(): Promise<void> {
		const { instances: live } = await this.#client.list({ statuses: [...LIVE], limit: 200 });
		await this.#answerApprovals(live);
		if (live.length >= MOST_LIVE) return;
		const number = this.#number;
		this.#number += 1;
		await this.#startOne(TURNS[(number - FIRST_NUMBER) % TURNS.length] ?? "order", number);
	}

	async #startOne(kind: Kind, number: number): Promise<void> {
		const instanceId = `${kind}-${number}`;
		const options = { labels: { source: "demo" } };
		switch (kind) {
			case "order":
				await this.#client.start("order-saga", instanceId, orderOf(instanceId, number), options);
				return;
			case "parcel":
				await this.#client.start(
					"flaky-integration",
					instanceId,
					{ parcelId: instanceId, mostItMayCost: 2_000 },
					options,
				);
				return;
			case "import": {
				const { salesFile: file, reportsFolder } = this.#options;
				const outputFolder = `${reportsFolder}/${instanceId}`;
				await this.#client.start("csv-import", instanceId, { file, outputFolder, chunkLines: 250 }, options);
			}
		}
	}

	async #answerApprovals(live: readonly InstanceRecord[]): Promise<void> {
		const waiting = live.filter(({ status, workflow }) => status === "awaiting_signal" && workflow === "order-saga");
		// Newest first: those at the end have waited longest.
		const forPeople = waiting.filter(({ instanceId }) => isLeftToPeople(instanceId)).slice(0, MOST_LEFT_TO_PEOPLE);
		for (const { instanceId, createdAt } of waiting) {
			if (forPeople.some((left) => left.instanceId === instanceId)) continue;
			if (Date.now() - createdAt < ANSWER_AFTER_MS) continue;
			await this.#approve(instanceId);
		}
	}

	async #approve(instanceId: string): Promise<void> {
		const approved = numberOf(instanceId) % 5 !== 0;
		try {
			const options = { idempotencyKey: "demo-manager", by: "demo manager" };
			await this.#client.sendSignal(instanceId, "manager_approval", { approved, by: "demo manager" }, options);
		} catch (error) {
			// Somebody else may have answered or cancelled it in the meantime.
			if (!WaymarkError.is(error)) throw error;
		}
	}
}

/** Every second order is large; some cards are declined and some articles sold out. */
function orderOf(orderId: string, number: number) {
	const soldOut = number % 17 === 4;
	return {
		orderId,
		sku: soldOut ? "sold-out-vase" : (SKUS[number % SKUS.length] ?? "lamp"),
		quantity: 1 + (number % 4),
		amount: number % 4 < 2 ? 120_000 + number * 10 : 4_900 + number * 10,
		card: number % 13 === 6 ? "declined-0000" : "visa-4242",
	};
}

function isLeftToPeople(instanceId: string): boolean {
	return numberOf(instanceId) % 3 === 1;
}

function numberOf(instanceId: string): number {
	return Number(instanceId.split("-")[1] ?? 0);
}
