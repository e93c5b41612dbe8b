import type { Behaviour, Plan, PlannedNode, PlannedScope, PlannedTask, RetryPlan } from "./plan.ts";
import type { Random } from "./random.ts";

export interface PlanLimits {
	readonly nodes: number;
	readonly depth: number;
	/** Virtual time only: a node may take days. */
	readonly longDelays: boolean;
	/** Tasks that kill their process, or hang until their timeout. */
	readonly destructive: boolean;
	/** How likely a task is to misbehave at all. */
	readonly trouble: number;
	readonly tags: readonly string[];
}

export const SIGNALS = ["red", "green", "blue"] as const;

/** A random workflow of nodes of every kind. */
export function generatePlan(random: Random, name: string, limits: PlanLimits): Plan {
	return { name, scope: new Generator(random, limits).scope(limits.depth, 1) };
}

const LETTERS = "abcdefghijklmnop";
const COMPOSITES = ["fork", "route", "loop", "child"] as const;

class Generator {
	readonly #random: Random;
	readonly #limits: PlanLimits;
	#left: number;

	constructor(random: Random, limits: PlanLimits) {
		this.#random = random;
		this.#limits = limits;
		this.#left = limits.nodes;
	}

	/** Ids begin anew in every scope, so that one id stands in many of them. */
	scope(depth: number, least: number): PlannedScope {
		const count = this.#random.int(least, 4);
		const nodes: PlannedNode[] = [];
		for (let at = 0; at < count && (at < least || this.#left > 0); at += 1) {
			this.#left -= 1;
			nodes.push(this.#node(LETTERS.charAt(at), depth));
		}
		return nodes;
	}

	#node(id: string, depth: number): PlannedNode {
		const random = this.#random;
		if (depth > 0 && this.#left > 1 && random.chance(0.35)) {
			switch (random.pick(COMPOSITES)) {
				case "fork":
					return this.#fork(id, depth);
				case "route":
					return this.#route(id, depth);
				case "loop":
					return this.#loop(id, depth);
				case "child":
					return { kind: "child", id, body: this.scope(depth - 1, 1) };
			}
		}
		const draw = random.next();
		if (draw < 0.15) return { kind: "delay", id, ms: this.#delayMs() };
		if (draw < 0.32) {
			const timeoutMs = random.chance(0.5) ? random.pick([0, 1, 700, 4_000]) : null;
			return { kind: "signal", id, signal: random.pick(SIGNALS), timeoutMs };
		}
		return { kind: "task", id, ...this.#task(this.#behaviour()) };
	}

	#fork(id: string, depth: number): PlannedNode {
		const random = this.#random;
		const branches = Array.from({ length: random.int(1, 4) }, (_, at) => ({
			name: `b${at}`,
			body: this.scope(depth - 1, 1),
		}));
		const settle = random.chance(0.35) ? "all" : "first-failure";
		return { kind: "fork", id, settle, branches, joinId: `${id}-join`, join: this.#task(this.#behaviour()) };
	}

	#route(id: string, depth: number): PlannedNode {
		const random = this.#random;
		const names = random.chance(0.3) ? ["x", "y", "default"] : ["x", "y"];
		// A case without any node hands the value on.
		const cases = names.map((name) => ({ name, body: this.scope(depth - 1, random.chance(0.2) ? 0 : 1) }));
		const nowhere = !names.includes("default") && random.chance(0.05 * this.#limits.trouble);
		const key = this.#task({ kind: "key", cases: names, nowhere });
		return { kind: "route", id, key: { ...key, onFailure: "fail" }, cases };
	}

	#loop(id: string, depth: number): PlannedNode {
		const random = this.#random;
		const rounds = random.int(1, 3);
		const verdict = { ...this.#task({ kind: "verdict", rounds }), onFailure: "fail" as const };
		const body: PlannedNode[] = [
			...(random.chance(0.6) ? this.scope(depth - 1, 1) : []),
			{ kind: "task", id: "verdict", ...verdict },
		];
		if (random.chance(0.2)) body.push({ kind: "delay", id: "pause", ms: this.#delayMs() });
		// Now and then the limit comes before the verdict, or the body yields none.
		const maxIterations = random.chance(0.2) ? Math.max(rounds - 1, 1) : rounds + 1;
		if (random.chance(0.05 * this.#limits.trouble))
			body.splice(
				body.findIndex((node) => node.id === "verdict"),
				1,
			);
		if (body.length === 0) body.push({ kind: "task", id: "only", ...this.#task({ kind: "ok" }) });
		return { kind: "loop", id, body, maxIterations, onMax: random.chance(0.5) ? "fail" : "exitWithLast" };
	}

	#delayMs(): number {
		const random = this.#random;
		const long = this.#limits.longDelays ? [25 * 86_400_000, 30 * 365 * 86_400_000] : [];
		return random.chance(0.15) && long.length > 0 ? random.pick(long) : random.pick([0, 1, 400, 2_500]);
	}

	#task(does: Behaviour): PlannedTask {
		const random = this.#random;
		const isTimed = does.kind === "hangs" || (does.kind === "slow" && random.chance(0.5)) || random.chance(0.1);
		return {
			does,
			retry: this.#retry(does),
			onFailure: random.chance(0.15) && does.kind !== "verdict" && does.kind !== "key" ? "value" : "fail",
			timeoutMs: isTimed ? random.pick([300, 900]) : null,
			priority: random.chance(0.2) ? random.int(1, 5) : 3,
			tags: this.#limits.tags.filter(() => random.chance(0.1)),
		};
	}

	#retry(does: Behaviour): RetryPlan | null {
		const random = this.#random;
		if (!random.chance(does.kind === "ok" ? 0.2 : 0.75)) return null;
		const initialDelayMs = random.pick([0, 1, 250, 1_500]);
		return { maxAttempts: random.int(1, 4), initialDelayMs, jitter: random.chance(0.3) };
	}

	#behaviour(): Behaviour {
		const random = this.#random;
		const { trouble, destructive } = this.#limits;
		if (random.chance(0.25)) {
			return { kind: "slow", ms: random.pick([1, 50, 500, 1_200]), ignoresAbort: random.chance(0.3) };
		}
		if (!random.chance(trouble)) return { kind: "ok" };
		const draw = random.next();
		if (draw < 0.45) return { kind: "failsFirst", times: random.int(1, 3) };
		if (draw < 0.55) return { kind: "fails" };
		if (draw < 0.63) return { kind: "throwsOdd", what: random.pick(["undefined", "null", "text", "frozen"] as const) };
		if (draw < 0.7) return { kind: "fatal" };
		if (draw < 0.78) return { kind: "unstorable" };
		if (!destructive) return { kind: "ok" };
		return draw < 0.9 ? { kind: "hangs" } : { kind: "kills", times: random.int(1, 4) };
	}
}
