/**
 * What a random workflow looks like and does, as plain data. A plan can be built into a real workflow (build-plan) and
 * performed by the reference model, which share nothing but this page and behaviour.ts.
 */

export type Behaviour =
	/** Answers the digest of its input. */
	| { readonly kind: "ok" }
	/** Fails in its first attempts. */
	| { readonly kind: "failsFirst"; readonly times: number }
	| { readonly kind: "fails" }
	/** Throws what is no Error. */
	| { readonly kind: "throwsOdd"; readonly what: "undefined" | "null" | "text" | "frozen" }
	/** Throws NonRetryableError. */
	| { readonly kind: "fatal" }
	/** Answers what cannot be stored. */
	| { readonly kind: "unstorable" }
	| { readonly kind: "slow"; readonly ms: number; readonly ignoresAbort: boolean }
	/** Never ends by itself. */
	| { readonly kind: "hangs" }
	/** Kills its process in its first attempts. */
	| { readonly kind: "kills"; readonly times: number }
	/** The end of a loop's body: `again` until that many rounds are done. */
	| { readonly kind: "verdict"; readonly rounds: number }
	/** A route's key: one of the cases by digest; `nowhere` names none. */
	| { readonly kind: "key"; readonly cases: readonly string[]; readonly nowhere: boolean };

export interface RetryPlan {
	readonly maxAttempts: number;
	readonly initialDelayMs: number;
	readonly jitter: boolean;
}

export interface PlannedTask {
	readonly does: Behaviour;
	readonly retry: RetryPlan | null;
	readonly onFailure: "fail" | "value";
	readonly timeoutMs: number | null;
	readonly priority: number;
	readonly tags: readonly string[];
}

export type PlannedScope = readonly PlannedNode[];

export type PlannedNode =
	| ({ readonly kind: "task"; readonly id: string } & PlannedTask)
	| { readonly kind: "delay"; readonly id: string; readonly ms: number }
	| { readonly kind: "signal"; readonly id: string; readonly signal: string; readonly timeoutMs: number | null }
	| {
			readonly kind: "fork";
			readonly id: string;
			readonly settle: "first-failure" | "all";
			readonly branches: readonly { readonly name: string; readonly body: PlannedScope }[];
			readonly joinId: string;
			readonly join: PlannedTask;
	  }
	| {
			readonly kind: "route";
			readonly id: string;
			readonly key: PlannedTask;
			readonly cases: readonly { readonly name: string; readonly body: PlannedScope }[];
	  }
	| {
			readonly kind: "loop";
			readonly id: string;
			readonly body: PlannedScope;
			readonly maxIterations: number;
			readonly onMax: "fail" | "exitWithLast";
	  }
	| { readonly kind: "child"; readonly id: string; readonly body: PlannedScope };

export interface Plan {
	readonly name: string;
	readonly scope: PlannedScope;
}
