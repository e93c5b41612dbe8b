import type { CostPerStep } from "./stand/cost.ts";
import type { Stand } from "./stand/stand.ts";

export type DatabaseKind = "sqlite" | "postgresql";

/** `full` is what the baseline is measured with; `quick` shows in seconds that a scenario still runs. */
export type Size = "full" | "quick";

export interface Figure {
	/** Unique within its scenario. */
	readonly name: string;
	readonly value: number;
	readonly unit: "/s" | "/min" | "ms" | "µs" | "B" | "×";
}

/** What the database held when the scenario was over, by a connection of its own. */
export interface CommittedState {
	readonly completed: number;
	readonly checkpoints: number;
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
