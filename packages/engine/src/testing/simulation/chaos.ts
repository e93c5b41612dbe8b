import type { Random } from "../model/random.ts";
import type { Fleet } from "./fleet.ts";
import type { Network } from "./network.ts";
import type { Scenario } from "./scenario.ts";
import type { Schedule } from "./schedule.ts";

export interface ChaosParts {
	readonly scenario: Scenario;
	readonly schedule: Schedule;
	readonly fleet: Fleet;
	readonly network: Network;
	readonly random: Random;
	note(what: string): void;
}

/** What befalls processes and database in the safety phase, turn by turn. */
export class Chaos {
	readonly #parts: ChaosParts;
	#turn = 0;

	constructor(parts: ChaosParts) {
		this.#parts = parts;
	}

	get isOver(): boolean {
		return this.#turn > this.#parts.scenario.turns;
	}

	begin(): void {
		const { schedule, scenario, random, fleet } = this.#parts;
		for (let at = 0; at < scenario.runners; at += 1) {
			const instanceId = `i${random.int(0, scenario.instances - 1)}`;
			schedule.in(random.int(0, scenario.turns * scenario.turnMs), null, () => fleet.drive(instanceId));
		}
		this.#next();
	}

	#next(): void {
		const { schedule, scenario } = this.#parts;
		schedule.in(scenario.turnMs, null, () => {
			this.#turn += 1;
			this.#hit();
			if (!this.isOver) this.#next();
		});
	}

	#hit(): void {
		const { fleet, random, scenario, network, note } = this.#parts;
		const { rates, leaseMs } = scenario;
		if (random.chance(rates.outage)) {
			const ms = random.int(1, leaseMs * 2);
			note(`the database is gone for ${ms} ms`);
			network.fail(ms);
		}
		const victim = () => random.pick(fleet.processes);
		if (random.chance(rates.crash) && fleet.processes.length > 0) fleet.crash(victim());
		if (random.chance(rates.stop) && fleet.processes.length > 0) fleet.stop(victim());
		if (random.chance(rates.freeze) && fleet.processes.length > 0) {
			const process = victim();
			const ms = random.int(leaseMs, leaseMs * 3);
			note(`${process.name} is frozen for ${ms} ms`);
			process.freeze(ms, scenario.isSuspending);
		}
		if (random.chance(rates.stall) && fleet.processes.length > 0) {
			const process = victim();
			const ms = random.int(10, leaseMs * 0.8);
			note(`${process.name} stalls for ${ms} ms`);
			process.freeze(ms, false);
		}
		if (scenario.maxSkewMs > 0 && random.chance(rates.clockJump) && fleet.processes.length > 0) {
			const process = victim();
			process.skewMs = random.int(-scenario.maxSkewMs, scenario.maxSkewMs);
			note(`${process.name} has its clock set to ${process.skewMs} ms`);
		}
	}
}
