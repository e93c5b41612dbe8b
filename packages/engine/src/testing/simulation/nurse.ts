import { insist } from "../model/contradiction.ts";
import type { ModelRow } from "../model/model-rows.ts";
import type { ModelRun } from "../model/model-run.ts";
import type { ModelWorld } from "../model/model-world.ts";
import type { Network } from "./network.ts";
import type { Operator } from "./operator.ts";
import type { Schedule } from "./schedule.ts";

/**
 * Rounds without any commit that moved a run, after which nothing will move it any more. An idle worker looks after what
 * waits for the dead every 12 to 18 polls, and a round is one at least.
 */
const MOST_IDLE_ROUNDS = 24;
const MOST_ROUNDS = 400;

/** The liveness phase: unpauses, supplies the signals that are missing, lets long waits pass, and sees that all end. */
export class Nurse {
	readonly #schedule: Schedule;
	readonly #model: ModelWorld;
	readonly #operator: Operator;
	readonly #network: Pick<Network, "isQuiet">;
	readonly #roundMs: number;
	readonly #look: () => Promise<void>;
	#rounds = 0;
	#idle = 0;
	#before = "";

	constructor(
		schedule: Schedule,
		model: ModelWorld,
		outside: { readonly operator: Operator; readonly network: Pick<Network, "isQuiet"> },
		roundMs: number,
		look: () => Promise<void>,
	) {
		this.#look = look;
		this.#network = outside.network;
		this.#schedule = schedule;
		this.#model = model;
		this.#operator = outside.operator;
		this.#roundMs = roundMs;
	}

	get isOver(): boolean {
		const isDone = this.#live.length === 0 && this.#operator.isIdle && this.#network.isQuiet;
		return isDone || this.#rounds > MOST_ROUNDS || this.#idle > MOST_IDLE_ROUNDS;
	}

	get #live(): readonly ModelRun[] {
		return [...this.#model.runs.values()].filter((run) => !run.isOver);
	}

	begin(): void {
		this.#schedule.in(this.#roundMs, null, () => {
			this.#rounds += 1;
			this.#help();
			void this.#look();
			if (!this.isOver) this.begin();
		});
	}

	/** @throws Contradiction */
	verdict(): void {
		const stuck = this.#live;
		const shown = () =>
			stuck.map(
				(run) =>
					`${run.instanceId} (${[...run.rows.open.values()].map((row) => `${row.opening.path} ${row.state} ${row.owner}`)})`,
			);
		insist(
			stuck.length === 0,
			"I27",
			() => `after ${this.#rounds} calm rounds these have not ended: ${shown().join("; ")}`,
		);
	}

	#help(): void {
		const live = this.#live;
		for (const run of live) {
			if (run.isPauseWanted) this.#operator.unpause(run.instanceId);
			for (const { state, dueAt, opening } of run.rows.open.values()) {
				if (state === "awaiting_signal" && dueAt === null) this.#operator.signal(run.instanceId, opening.signal ?? "");
			}
		}
		const now = live
			.map((run) => [...run.rows.open.values()].map((row) => `${row.opening.path}${row.state}${row.epoch}`))
			.join();
		this.#idle = now === this.#before ? this.#idle + 1 : 0;
		this.#before = now;
		const next = Math.min(...live.flatMap((run) => [...run.rows.open.values()].map(nextMoveAt)));
		// Nothing but long waits: everybody sleeps until the first of them is over.
		if (Number.isFinite(next) && next > this.#schedule.now + this.#roundMs * 3) this.#schedule.jumpTo(next);
	}
}

/** When this node can move by itself; a join, or a wait for a signal alone, never does. */
function nextMoveAt({ state, dueAt }: ModelRow): number {
	switch (state) {
		case "ready":
		case "running":
			return 0;
		case "retrying":
		case "waiting":
		case "awaiting_signal":
			return dueAt ?? Number.POSITIVE_INFINITY;
		case "joining":
		case "failed":
		case "cancelled":
			return Number.POSITIVE_INFINITY;
	}
}
