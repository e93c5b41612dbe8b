import type { CommittedState } from "./stand/committed.ts";
import type { CostPerStep } from "./stand/cost.ts";
import type { Stand } from "./stand/stand.ts";

/** `full` is what the baseline is measured with; `quick` shows in seconds that a scenario still runs. */
export type Size = "full" | "quick";

export interface Figure {
	/** Unique within its scenario. */
	readonly name: string;
	readonly value: number;
	readonly unit: "/s" | "/min" | "ms" | "µs" | "B" | "×";
}

export interface Outcome {
	readonly figures: readonly Figure[];
	/** Null where a scenario has no steps to divide by, or they happen in another process. */
	readonly cost: CostPerStep | null;
	readonly committed: CommittedState;
}

/** One question, asked of one database. */
export interface Scenario {
	readonly name: string;
	readonly question: string;
	run(stand: Stand, size: Size): Promise<Outcome>;
}
