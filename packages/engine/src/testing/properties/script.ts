import { generatePlan, SIGNALS } from "../model/generate-plan.ts";
import type { Plan } from "../model/plan.ts";
import type { Random } from "../model/random.ts";
import { simplerPlans } from "../model/shrink-plan.ts";

/** One command of a script, done to its end before the next. */
export type Step =
	| {
			readonly do: "start";
			readonly instance: string;
			readonly onConflict: "fail" | "useExisting" | "terminateExisting";
	  }
	/** A worker takes all it can; after so many nodes have begun it dies, if it comes to that. */
	| { readonly do: "tick"; readonly worker: number; readonly diesAfter: number | null }
	| { readonly do: "advance"; readonly ms: number }
	| {
			readonly do: "signal";
			readonly instance: string;
			readonly name: string;
			readonly payload: number;
			readonly key: string | null;
			/** Which worker is granted the wait that it ends; null: none. */
			readonly to: number | null;
	  }
	/** `which`: of the nodes in backoff, else of all that are open. */
	| { readonly do: "retryNow"; readonly instance: string; readonly which: number }
	| { readonly do: "pause" | "unpause" | "cancel" | "retry" | "delete"; readonly instance: string };

/** A workflow and what is done with its instances: everything that one check of the model is made of. */
export interface Script {
	readonly plan: Plan;
	readonly workers: number;
	readonly slots: number;
	readonly steps: readonly Step[];
}

const INSTANCES = ["i0", "i1"];
const TRANSIENT = ["pause", "unpause", "unpause", "cancel", "retry", "retry", "delete"] as const;

export function generateScript(random: Random): Script {
	const plan = generatePlan(random, "planned", {
		nodes: random.int(1, 14),
		depth: random.int(0, 3),
		longDelays: random.chance(0.2),
		destructive: false,
		trouble: random.pick([0, 0.2, 0.5]),
		tags: [],
	});
	const workers = random.int(1, 3);
	const steps = Array.from({ length: random.int(2, 18) }, () => step(random, workers));
	return {
		plan,
		workers,
		slots: random.int(1, 3),
		steps: [{ do: "start", instance: "i0", onConflict: "fail" }, ...steps],
	};
}

function step(random: Random, workers: number): Step {
	const instance = random.pick(INSTANCES);
	const draw = random.next();
	if (draw < 0.35) {
		const diesAfter = random.chance(0.3) ? random.int(1, 4) : null;
		return { do: "tick", worker: random.int(0, workers - 1), diesAfter };
	}
	if (draw < 0.5) return { do: "advance", ms: random.pick([1, 400, 4_000, 16_000]) };
	if (draw < 0.7) {
		const key = random.chance(0.4) ? random.pick(["k1", "k2"]) : null;
		const to = random.chance(0.4) ? random.int(0, workers - 1) : null;
		return { do: "signal", instance, name: random.pick(SIGNALS), payload: random.int(0, 99), key, to };
	}
	if (draw < 0.78) {
		const onConflict = random.pick(["fail", "useExisting", "terminateExisting"] as const);
		return { do: "start", instance, onConflict };
	}
	if (draw < 0.86) return { do: "retryNow", instance, which: random.int(0, 2) };
	return { do: random.pick(TRANSIENT), instance };
}

/** Scripts that are one step simpler. */
export function simplerScripts(script: Script): readonly Script[] {
	const { steps, plan } = script;
	return [
		...(script.workers > 1 ? [{ ...script, workers: 1 }] : []),
		...(script.slots > 1 ? [{ ...script, slots: 1 }] : []),
		...[...steps.keys()].slice(1).map((at) => ({ ...script, steps: steps.toSpliced(at, 1) })),
		...simplerPlans(plan).map((simpler) => ({ ...script, plan: simpler })),
	];
}
