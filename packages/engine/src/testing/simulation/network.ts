import type { Hint, PersistentBackend } from "../../backend/contract.ts";
import type { CommitEvent, UnstampedEvent } from "../model/commit-event.ts";
import type { Random } from "../model/random.ts";
import { CALM, type FaultRates, type Scenario } from "./scenario.ts";
import type { Schedule } from "./schedule.ts";
import type { SimulatedProcess } from "./simulated-process.ts";

interface Listener {
	readonly process: SimulatedProcess;
	readonly tell: (hint: Hint) => void;
}

/** What lies between the processes and the database. The seeded schedule decides when what arrives, and whether. */
export class Network {
	readonly #schedule: Schedule;
	readonly #random: Random;
	readonly #listeners = new Set<Listener>();
	readonly #sink: (event: CommitEvent) => void;
	readonly #leaseMs: number;
	readonly #isSuspending: boolean;
	#rates: FaultRates;
	#outageUntil = 0;
	#late = 0;
	#committing: SimulatedProcess | null = null;
	readonly #onRefused: (message: string) => void;

	constructor(
		scenario: Scenario,
		schedule: Schedule,
		random: Random,
		inner: PersistentBackend,
		sink: { committed(event: CommitEvent): void; refused(message: string): void },
	) {
		this.#schedule = schedule;
		this.#random = random;
		this.#rates = scenario.rates;
		this.#leaseMs = scenario.leaseMs;
		this.#isSuspending = scenario.isSuspending;
		this.#sink = (event) => sink.committed(event);
		this.#onRefused = (message) => sink.refused(message);
		inner.onHint((hint) => this.#announce(hint));
	}

	/** Nothing is still to commit that its caller takes for failed. */
	get isQuiet(): boolean {
		return this.#late === 0;
	}

	/** From now on every call is answered, in time. */
	heal(): void {
		this.#rates = CALM;
		this.#outageUntil = 0;
	}

	fail(ms: number): void {
		this.#outageUntil = this.#schedule.now + ms;
	}

	call<T>(process: SimulatedProcess, commit: () => Promise<T>): Promise<T> {
		const { callFails, answerLost, commitsLate } = this.#rates;
		const draw = this.#random.next();
		const fate =
			draw < callFails
				? "fails"
				: draw < callFails + answerLost
					? "loses"
					: draw < callFails + answerLost + commitsLate
						? "late"
						: "works";
		return new Promise((resolve, reject) => {
			const lost = () => reject(new Error("the connection to the database was lost"));
			const answer = (tell: () => void) =>
				this.#schedule.in(this.#latency(), process, () => this.#arrive(process, tell));
			if (fate === "fails") {
				answer(lost);
				return;
			}
			if (fate === "late") answer(lost);
			const lateMs = fate === "late" ? this.#random.int(1, this.#leaseMs * 2) : 0;
			if (fate === "late") this.#late += 1;
			this.#schedule.in(this.#latency() + lateMs, null, () => {
				if (fate === "late") this.#late -= 1;
				// A request that a dead process had sent may be on its way, or not.
				const isCut = this.#schedule.now < this.#outageUntil || (process.isDead && this.#random.chance(0.5));
				if (isCut) {
					answer(lost);
					return;
				}
				this.#committing = process;
				commit().then(
					(result) => answer(fate === "loses" ? lost : () => resolve(result)),
					(error) => answer(() => reject(error)),
				);
			});
		});
	}

	/** An answer reaches its process, unless that is frozen at this very moment. */
	#arrive(process: SimulatedProcess, tell: () => void): void {
		if (!this.#random.chance(this.#rates.freezeAtAnswer)) {
			tell();
			return;
		}
		const ms = this.#random.int(this.#leaseMs / 2, this.#leaseMs * 3);
		process.freeze(ms, this.#isSuspending);
		this.committed(process, { call: "fault", what: `frozen for ${ms} ms just before an answer` });
		this.#schedule.in(0, process, tell);
	}

	#latency(): number {
		if (this.#random.chance(this.#rates.slowCall)) return this.#random.int(20, this.#leaseMs * 1.5);
		return this.#random.int(0, 4);
	}

	committed(process: SimulatedProcess, event: UnstampedEvent): void {
		this.#sink({ at: this.#schedule.now, by: process.name, ...event } as CommitEvent);
	}

	refused(process: SimulatedProcess, error: unknown): void {
		this.#onRefused(`${process.name} sent what was refused as malformed: ${String(error)}`);
	}

	listen(process: SimulatedProcess, tell: (hint: Hint) => void): () => void {
		const listener = { process, tell };
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	}

	/** Its own process hears what it was; to others it is only news from elsewhere. */
	#announce(hint: Hint): void {
		for (const { process, tell } of this.#listeners) {
			if (process.isDead) continue;
			const told: Hint = process === this.#committing ? hint : { origin: "remote" };
			const times = this.#random.chance(this.#rates.hintLost) ? 0 : this.#random.chance(this.#rates.hintTwice) ? 2 : 1;
			for (let time = 0; time < times; time += 1) {
				const isLate = this.#random.chance(this.#rates.hintLate);
				this.#schedule.in(isLate ? this.#random.int(1, this.#leaseMs) : this.#random.int(0, 3), process, () =>
					tell(told),
				);
			}
		}
	}
}
