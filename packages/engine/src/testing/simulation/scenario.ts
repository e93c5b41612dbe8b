import { generatePlan } from "../model/generate-plan.ts";
import type { Plan } from "../model/plan.ts";
import { Random } from "../model/random.ts";

/** How likely each trouble is. All of them random per seed: fixed rates leave holes. */
export interface FaultRates {
	/** Of a call: it fails before it commits. */
	readonly callFails: number;
	/** Of a call: it commits, and its answer is lost. */
	readonly answerLost: number;
	/** Of a call: it fails for the caller, and commits later. */
	readonly commitsLate: number;
	/** Of a call: it takes long. */
	readonly slowCall: number;
	/** Of an answer: its process is frozen just before it arrives, for longer than the lease. */
	readonly freezeAtAnswer: number;
	/** Per turn of the chaos, each hitting one process. */
	readonly crash: number;
	readonly freeze: number;
	readonly stall: number;
	readonly stop: number;
	readonly clockJump: number;
	/** Per turn: the database is gone for a while. */
	readonly outage: number;
	/** Of a wake-up. */
	readonly hintLost: number;
	readonly hintTwice: number;
	readonly hintLate: number;
}

export interface WorkerPlan {
	readonly slots: number;
	readonly tags: readonly string[];
}

/** Everything that one simulated schedule is made of. Plain data: it is kept as a seed, and shrunk. */
export interface Scenario {
	readonly seed: number;
	readonly plans: readonly Plan[];
	readonly workers: readonly WorkerPlan[];
	/** Instance ids in play. */
	readonly instances: number;
	readonly leaseMs: number;
	readonly pollMs: number;
	readonly cancelGraceMs: number;
	/** Length of the safety phase, in turns of the chaos. */
	readonly turns: number;
	readonly turnMs: number;
	/** Requests of the random operator. */
	readonly requests: number;
	/** How often a runner is set on an instance. */
	readonly runners: number;
	readonly maxSkewMs: number;
	/** Freezes are those of a machine that sleeps: its monotonic clock stands still. */
	readonly isSuspending: boolean;
	/** Incarnations of different processes now and then go by one id. */
	readonly hasTwins: boolean;
	readonly rates: FaultRates;
	/** Half of the requests are made in the processes of workers, which take on what begins beside them. */
	readonly hasClientsBeside?: boolean;
	/** How often somebody does not want to wait out the backoff of a node. */
	readonly retriesNow?: number;
}

const TAGS = ["gpu"];

export function scenarioOf(seed: number): Scenario {
	const random = new Random(seed).stream("scenario");
	const rate = (most: number) => (random.chance(0.45) ? 0 : random.next() * random.next() * most);
	const leaseMs = random.pick([1_000, 2_000, 5_000]);
	const trouble = random.pick([0, 0.2, 0.5]);
	const limits = {
		nodes: random.int(1, random.chance(0.2) ? 24 : 9),
		depth: random.int(0, 3),
		longDelays: random.chance(0.3),
		destructive: random.chance(0.4),
		trouble,
		tags: random.chance(0.2) ? TAGS : [],
	};
	const plans = Array.from({ length: random.int(1, 2) }, (_, at) =>
		generatePlan(random.stream(`plan ${at}`), `plan${at}`, limits),
	);
	const workers = Array.from({ length: random.int(1, 4) }, (_, at) => ({
		slots: random.int(1, 4),
		tags: at === 0 || random.chance(0.5) ? TAGS : [],
	}));
	const isCalm = random.chance(0.1);
	const maxSkewMs = random.chance(0.5) ? 0 : 3_600_000;
	return {
		seed,
		plans,
		workers,
		instances: random.int(1, 3),
		leaseMs,
		pollMs: random.pick([leaseMs / 2, leaseMs, leaseMs * 3]),
		cancelGraceMs: random.pick([100, 2_000, 30_000]),
		turns: random.int(4, 14),
		turnMs: leaseMs / random.pick([2, 4]),
		requests: random.int(0, 10),
		runners: random.chance(0.25) ? random.int(1, 2) : 0,
		maxSkewMs,
		isSuspending: maxSkewMs === 0 && random.chance(0.2),
		hasTwins: random.chance(0.08),
		rates: isCalm
			? CALM
			: {
					callFails: rate(0.3),
					answerLost: rate(0.3),
					commitsLate: rate(0.15),
					slowCall: rate(0.2),
					freezeAtAnswer: rate(0.1),
					crash: rate(0.6),
					freeze: rate(0.5),
					stall: rate(0.5),
					stop: rate(0.4),
					clockJump: rate(0.5),
					outage: rate(0.2),
					hintLost: random.chance(0.2) ? 1 : rate(1),
					hintTwice: rate(0.5),
					hintLate: rate(0.8),
				},
		hasClientsBeside: random.chance(0.3),
		retriesNow: random.chance(0.5) ? random.int(1, 8) : 0,
	};
}

export const CALM: FaultRates = {
	callFails: 0,
	answerLost: 0,
	commitsLate: 0,
	slowCall: 0,
	freezeAtAnswer: 0,
	crash: 0,
	freeze: 0,
	stall: 0,
	stop: 0,
	clockJump: 0,
	outage: 0,
	hintLost: 0,
	hintTwice: 0,
	hintLate: 0,
};
