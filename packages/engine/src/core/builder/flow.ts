import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { Duration } from "../duration.ts";
import { buildWorkflow, type FlowHead, readFlowHead } from "./build-workflow.ts";
import { type Chain, draftOf, EMPTY_DRAFT, type Part, type ScopeDraft } from "./chain.ts";
import type { TaskDefinition } from "./defined-task.ts";
import { ForkBuilder } from "./fork-builder.ts";
import type { LoopResult } from "./loop-result.ts";
import type { OnFailure, Settled, SignalOutcome } from "./outcome.ts";
import { childPart, delayPart, loopPart, routePart, signalPart, taskPart } from "./parts.ts";
import type { TaskContext } from "./task-context.ts";
import type { TaskOptions } from "./task-options.ts";
import type { Workflow } from "./workflow.ts";

/** A branch, case or loop body: from the builder it is given to the builder with its nodes appended. */
export type Body<Input, Output = unknown> = (
	b: FlowBuilder<Input, Input, "inner">,
) => FlowBuilder<Input, Output, "inner">;

export type Bodies<Input> = { readonly [name: string]: Body<Input> };

/** What the last node of a body yields. */
export type BodyOutput<B> = B extends (b: never) => { readonly "~types"?: { readonly output: infer Output } }
	? Output
	: never;

type MaybeLater<Value> = Value | PromiseLike<Value>;

/**
 * What the key function may answer: only keys that have a case, or any text when there is a `default`. A case that
 * no key can choose is a mistake, too, and the message names it. Cases only known as a record allow anything.
 */
type AllowedKey<Key extends string, Cases> = string extends keyof Cases
	? string
	: [UnreachableCase<Key, Cases>] extends [never]
		? "default" extends keyof Cases
			? string
			: keyof Cases
		: { readonly problem: `case "${UnreachableCase<Key, Cases>}" is never chosen` };

type UnreachableCase<Key extends string, Cases> = string extends Key
	? never
	: Exclude<keyof Cases & string, Key | "default">;

export type RouteOutput<Cases> = {
	[K in keyof Cases & string]: { readonly case: K; readonly value: BodyOutput<Cases[K]> };
}[keyof Cases & string];

export interface LoopOptions<OnMax extends "fail" | "exitWithLast"> {
	/** 1 to 100,000. */
	readonly maxIterations: number;
	/** When the last allowed iteration says `again`: fail (default), or leave with that value. */
	readonly onMax?: OnMax | undefined;
}

export type LoopOutput<Again, Done, OnMax> = "exitWithLast" extends OnMax ? Again | Done : Done;

/**
 * Builds a workflow node by node. Immutable: every call answers a new builder, so a beginning can be shared.
 * `Input` is what the scope starts with, `Output` what its last node yields; `Place` tells a whole workflow from a body.
 * Nothing is refused before `build()`, which reports all problems at once.
 */
export class FlowBuilder<Input, Output, Place extends "workflow" | "inner"> {
	/** Types only; never set. */
	declare readonly "~types"?: {
		/** A whole flow takes its input; a body was begun for it, and may serve where more is known of the value. */
		readonly input: Place extends "workflow" ? (input: Input) => void : unknown;
		readonly output: Output;
		readonly place: Place;
	};
	readonly #head: FlowHead | null;
	/** The same for all builders of one scope, and for no other. */
	readonly #scope: object;
	readonly #last: Chain | null;

	constructor(head: FlowHead | null, scope: object, last: Chain | null) {
		this.#head = head;
		this.#scope = scope;
		this.#last = last;
	}

	/** Appends a task defined elsewhere with `task()`, under its own id and with its own options. */
	task<Next, Failure extends OnFailure = "fail">(
		defined: ((input: Output, context: TaskContext) => Next) & TaskDefinition<Failure>,
	): FlowBuilder<Input, Settled<Awaited<Next>, Failure>, Place>;
	/** Appends a task: sync or async code whose result is recorded and handed on. */
	task<Next, Failure extends OnFailure = "fail">(
		id: string,
		fn: (input: Output, context: TaskContext) => Next,
		options?: TaskOptions<Output, NoInfer<Awaited<Next>>, Failure>,
	): FlowBuilder<Input, Settled<Awaited<Next>, Failure>, Place>;
	task(
		first: string | (((input: Output, context: TaskContext) => unknown) & TaskDefinition),
		fn?: (input: Output, context: TaskContext) => unknown,
		options?: TaskOptions<Output>,
	): FlowBuilder<Input, unknown, Place> {
		if (typeof first === "function") {
			const defined = first;
			const run = (input: Output, context: TaskContext): unknown => defined(input, context);
			return this.#append(taskPart(defined.taskId, run, defined.options));
		}
		return this.#append(
			taskPart(
				first,
				fn as (input: Output, context: TaskContext) => unknown,
				options as TaskOptions<never> | undefined,
			),
		);
	}

	/** Parks for a time, durably; the value passes through. */
	delay(id: string, duration: Duration): FlowBuilder<Input, Output, Place> {
		return this.#append(delayPart(id, duration));
	}

	/** Parks until a signal of that name is there, and yields its payload. */
	waitForSignal<Payload = unknown>(id: string, signal: string): FlowBuilder<Input, Payload, Place>;
	/** Parks until a signal of that name is there or the time is over, and yields which of them it was. */
	waitForSignal<Payload = unknown>(
		id: string,
		signal: string,
		options: { readonly timeout: Duration },
	): FlowBuilder<Input, SignalOutcome<Payload>, Place>;
	waitForSignal(
		id: string,
		signal: string,
		options?: { readonly timeout: Duration },
	): FlowBuilder<Input, unknown, Place> {
		return this.#append(signalPart(id, signal, options?.timeout));
	}

	/** Runs the branches in parallel, each with the current value. Go on with `.join(id, fn)`. */
	fork<Branches extends Bodies<Output>, Settle extends "first-failure" | "all" = "first-failure">(
		id: string,
		branches: Branches,
		options?: { readonly settle?: Settle | undefined },
	): ForkBuilder<Input, Branches, Settle, Place> {
		const drafts = FlowBuilder.#drafts(branches);
		const fork = {
			id,
			branches: drafts.scopes,
			settle: options?.settle ?? "first-failure",
			problems: drafts.problems,
		} as const;
		return new ForkBuilder(fork, (part) => this.#append(part));
	}

	/** Chooses one case by the key that the function answers; recorded once, never evaluated again. */
	route<Key extends string, Cases extends Bodies<Output>>(
		id: string,
		key: (input: Output, context: TaskContext) => MaybeLater<Key & NoInfer<AllowedKey<Key, Cases>>>,
		cases: Cases,
		options?: Omit<TaskOptions<Output, Key>, "onFailure">,
	): FlowBuilder<Input, RouteOutput<Cases>, Place> {
		const drafts = FlowBuilder.#drafts(cases);
		return this.#append(routePart(id, key, drafts.scopes, options as TaskOptions<never> | undefined, drafts.problems));
	}

	/** Repeats the body until its last node answers `done(value)`; `again(value)` is the next iteration's input. */
	loop<Again extends Output, Done, OnMax extends "fail" | "exitWithLast" = "fail">(
		id: string,
		body: Body<Output, LoopResult<Again, Done>>,
		options: LoopOptions<OnMax>,
	): FlowBuilder<Input, LoopOutput<Again, Done, OnMax>, Place> {
		const draft = FlowBuilder.#draft(body, "the loop's body");
		return this.#append(loopPart(id, draft.scope, options, draft.problems));
	}

	/** Runs another workflow's nodes inside this instance, below this node's path. */
	child<Next>(id: string, workflow: Workflow<Output, Next>): FlowBuilder<Input, Next, Place> {
		return this.#append(childPart(id, workflow));
	}

	/** Checks everything and answers the immutable workflow. Throws `InvalidDefinitionError` with every problem found. */
	build<In, Out>(this: FlowBuilder<In, Out, "workflow">): Workflow<In, Out> {
		return buildWorkflow(this.#head, draftOf(this.#last));
	}

	#append<Next>(part: Part): FlowBuilder<Input, Next, Place> {
		return new FlowBuilder<Input, Next, Place>(this.#head, this.#scope, { before: this.#last, part });
	}

	static #drafts(bodies: object): { readonly scopes: Map<string, ScopeDraft>; readonly problems: readonly string[] } {
		const drafts = Object.entries(bodies ?? {}).map(
			([name, body]) => [name, FlowBuilder.#draft(body, `"${name}"`)] as const,
		);
		return {
			scopes: new Map(drafts.map(([name, draft]) => [name, draft.scope])),
			problems: drafts.flatMap(([, draft]) => draft.problems),
		};
	}

	/** Lets a body append to a fresh scope. */
	static #draft(body: unknown, what: string): { readonly scope: ScopeDraft; readonly problems: readonly string[] } {
		if (typeof body !== "function") {
			return { scope: EMPTY_DRAFT, problems: [`${what} must be a function such as b => b.task(…)`] };
		}
		const scope = {};
		const answer: unknown = body(new FlowBuilder(null, scope, null));
		if (!(answer instanceof FlowBuilder) || answer.#scope !== scope) {
			return {
				scope: EMPTY_DRAFT,
				problems: [`${what} must return the builder it was given, with its nodes appended`],
			};
		}
		return { scope: draftOf(answer.#last), problems: [] };
	}
}

export interface FlowOptions<Input> {
	/** Checked when an instance is started; the first node gets what the schema makes of the input. */
	readonly input?: StandardSchemaV1<unknown, Input> | undefined;
	readonly description?: string | undefined;
}

/** Begins a workflow. `Input` is what an instance is started with: given as a type argument, or by the schema. */
export function flow<Input = unknown>(
	name: string,
	options?: FlowOptions<Input>,
): FlowBuilder<Input, Input, "workflow"> {
	return new FlowBuilder<Input, Input, "workflow">(readFlowHead(name, options), {}, null);
}
