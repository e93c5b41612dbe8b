import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { until } from "../until.ts";
import type { FaultStage } from "./fault-stage.ts";
import { WorkerProgram } from "./worker-program.ts";

interface ChaosOptions {
	readonly workers: number;
	readonly instances: number;
	/** ms */
	readonly lease: number;
	/** Cuts the workers' connections; null where there are none. */
	readonly cut: (() => Promise<unknown>) | null;
}

const KINDS = ["chain", "forked", "flaky", "asked", "delayed", "looped"] as const;
const LONGEST_ROUND_MS = 600_000;
const LONGEST_QUIET_MS = 60_000;
/** Instances that end between one fault and the next. */
const PROGRESS = 30;
const MOST_FROZEN = 1;
/** Starting and answering go on while others are at work. */
const WAVES = 10;

/** Of WAYMARK_CHAOS_SEED, else of the moment. Decides the faults; when they strike is the machine's. */
const seed = Number(process.env.WAYMARK_CHAOS_SEED ?? Date.now() % 1_000_000);
/** For so long rounds follow each other; 0: one. */
const soakMs = Number(process.env.WAYMARK_CHAOS_MINUTES ?? 0) * 60_000;

/**
 * Real worker processes that are killed and started again, frozen beyond their lease and cut off, while instances of
 * every kind are at work; then quiet, in which all must end well.
 */
export async function chaos(stage: FaultStage, options: ChaosOptions): Promise<string> {
	const end = performance.now() + soakMs;
	const tally = { rounds: 0, kills: 0, freezes: 0, cuts: 0, longestQuietMs: 0 };
	const random = randomFrom(seed);
	await stage.forbidRewriting();
	try {
		do {
			tally.rounds += 1;
			await round(stage, options, random, tally);
		} while (performance.now() < end);
	} catch (error) {
		throw new Error(`Chaos of seed ${seed}, after ${JSON.stringify(tally)}`, { cause: error });
	}
	const lines = stage.linesOf("").length;
	return `seed ${seed}: ${stage.started.length} instances, ${lines} pieces of work, ${JSON.stringify(tally)}`;
}

type Tally = { kills: number; freezes: number; cuts: number; longestQuietMs: number };

async function round(stage: FaultStage, options: ChaosOptions, random: () => number, tally: Tally): Promise<void> {
	const { url, ledger } = stage;
	const launch = () => WorkerProgram.launch({ url, ledger, pace: 5, slots: 8, lease: options.lease, poll: 250 });
	const workers = await Promise.all(Array.from({ length: options.workers }, async () => launch()));
	let striking = true;
	const frozen = new Set<Promise<void>>();
	const strike = async () => {
		const at = Math.floor(random() * workers.length);
		const dice = random();
		if (dice < 0.25 && frozen.size < MOST_FROZEN) {
			tally.freezes += 1;
			const thawed = freeze(workers[at], options.lease * (1 + random())).finally(() => frozen.delete(thawed));
			frozen.add(thawed);
		} else if (dice < 0.4 && options.cut !== null) {
			tally.cuts += 1;
			await options.cut();
		} else {
			tally.kills += 1;
			await workers[at]?.kill();
			workers[at] = launch();
		}
	};
	const strikes = (async () => {
		let struckAt = 0;
		while (striking) {
			await sleep(50 + random() * 100);
			// By progress, not by time: a slow machine is not struck again before it has recovered.
			const ended = await stage.completed();
			if (!striking || ended < struckAt + PROGRESS) continue;
			struckAt = ended;
			await strike();
		}
	})();
	const target = stage.started.length + options.instances;
	const each = Math.ceil(options.instances / KINDS.length / WAVES);
	const answered: Promise<void>[] = [];
	for (let wave = 0; wave < WAVES; wave++) {
		for (const kind of KINDS) await stage.start(kind, each);
		answered.push(stage.answerAll());
	}
	let ended = 0;
	try {
		await until(
			async () => {
				ended = await stage.completed();
				return ended >= target - PROGRESS;
			},
			() => `${ended} of ${target} have ended`,
			LONGEST_ROUND_MS,
			100,
		);
	} finally {
		striking = false;
		await Promise.all([strikes, ...answered, ...frozen]);
	}
	const quiet = await stage.allWell(LONGEST_QUIET_MS);
	tally.longestQuietMs = Math.max(tally.longestQuietMs, quiet);
	// A worker dies of nothing but what it was done to.
	expect(workers.filter((worker) => !worker.isAlive)).toEqual([]);
	await Promise.all(workers.map((worker) => worker.kill()));
}

async function freeze(worker: WorkerProgram | undefined, ms: number): Promise<void> {
	worker?.signal("SIGSTOP");
	await sleep(ms);
	worker?.signal("SIGCONT");
}

/** Mulberry32. */
function randomFrom(start: number): () => number {
	let state = start;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	};
}
