import type { Part } from "./chain.ts";
import type { BodyOutput, FlowBuilder } from "./flow.ts";
import type { OnFailure, Outcome, Settled } from "./outcome.ts";
import { type ForkDraft, forkPart } from "./parts.ts";
import type { TaskContext } from "./task-context.ts";
import type { TaskOptions } from "./task-options.ts";

/** The branches' outputs by name, or with `settle: "all"` their outcomes. */
export type JoinInput<Branches, Settle> = {
	readonly [Name in keyof Branches]: "all" extends Settle
		? Outcome<BodyOutput<Branches[Name]>>
		: BodyOutput<Branches[Name]>;
};

/** A fork that still lacks its join. */
export class ForkBuilder<Input, Branches, Settle extends "first-failure" | "all", Place extends "workflow" | "inner"> {
	readonly #fork: ForkDraft;
	readonly #append: <Next>(part: Part) => FlowBuilder<Input, Next, Place>;

	constructor(fork: ForkDraft, append: <Next>(part: Part) => FlowBuilder<Input, Next, Place>) {
		this.#fork = fork;
		this.#append = append;
	}

	/** Runs once when every branch has ended, with what they yielded by branch name. Its id stands beside the fork's. */
	join<Next, Failure extends OnFailure = "fail">(
		id: string,
		fn: (inputs: JoinInput<Branches, Settle>, context: TaskContext) => Next,
		options?: TaskOptions<JoinInput<Branches, Settle>, NoInfer<Awaited<Next>>, Failure>,
	): FlowBuilder<Input, Settled<Awaited<Next>, Failure>, Place> {
		return this.#append(forkPart(this.#fork, id, fn, options as TaskOptions<never> | undefined));
	}
}
