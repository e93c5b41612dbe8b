import type { PlannedNode, PlannedScope, PlannedTask } from "./plan.ts";

/**
 * The reference model's own walk over a plan: what opens when a node ends. It is written from docs/semantics.md and
 * shares nothing with the interpreter, which moves references over a graph; this moves values over a plan.
 */

/** The value of a loop's verdict until the loop takes it apart. */
export class Verdict {
	constructor(
		readonly verdict: "again" | "done",
		readonly value: unknown,
	) {}
}

/** A branch that hands its failure to its join. */
export interface CatchingBranch {
	/** `<fork>/<branch>` */
	readonly path: string;
	readonly joinPath: string;
	fail(): void;
}

/** A node that may still happen. */
export interface Opening {
	readonly path: string;
	readonly opensAs: "ready" | "waiting" | "awaiting_signal" | "joining";
	/** Null for waits. */
	readonly task: PlannedTask | null;
	readonly iteration: number | null;
	readonly dueInMs: number | null;
	readonly signal: string | null;
	readonly remaining: number;
	/** Read when it is ready: a join's is complete only then. */
	input(): unknown;
	/** The innermost one around it. */
	readonly branch: CatchingBranch | null;
	/** What follows from its value, noted in the draft and done only if no loop fails on the way. */
	goOn(value: unknown, draft: Draft): void;
}

/** What one step comes to. */
export interface Draft {
	readonly recorded: { readonly path: string; readonly value: unknown }[];
	readonly opened: Opening[];
	/** To be done with the step: a branch's value is kept for its join. */
	readonly effects: (() => void)[];
	countDown: string | null;
	end: { readonly value: unknown } | null;
	/** A loop ends in an error: the node that was about to be recorded fails instead. */
	fails: boolean;
}

export function emptyDraft(): Draft {
	return { recorded: [], opened: [], effects: [], countDown: null, end: null, fails: false };
}

interface Place {
	readonly prefix: string;
	readonly iteration: number | null;
	readonly branch: CatchingBranch | null;
	onEnd(value: unknown, draft: Draft): void;
}

/** Opens the first node of a scope; an empty one (a case may be) ends at once. */
export function openScope(scope: PlannedScope, place: Place, input: unknown, draft: Draft): void {
	openFrom(scope, 0, place, input, draft);
}

function openFrom(scope: PlannedScope, at: number, place: Place, input: unknown, draft: Draft): void {
	const node = scope[at];
	if (node === undefined) {
		place.onEnd(input, draft);
		return;
	}
	openNode(node, place, input, draft, (value, next) => openFrom(scope, at + 1, place, value, next));
}

function openNode(node: PlannedNode, place: Place, input: unknown, draft: Draft, goOn: Opening["goOn"]): void {
	const path = place.prefix + node.id;
	const common = { iteration: place.iteration, branch: place.branch, input: () => input };
	const none = { task: null, dueInMs: null, signal: null, remaining: 0 };
	switch (node.kind) {
		case "task":
			draft.opened.push({ ...none, ...common, path, opensAs: "ready", task: node, goOn });
			return;
		case "delay":
			draft.opened.push({ ...none, ...common, path, opensAs: "waiting", dueInMs: node.ms, goOn });
			return;
		case "signal": {
			const { signal, timeoutMs } = node;
			draft.opened.push({ ...none, ...common, path, opensAs: "awaiting_signal", signal, dueInMs: timeoutMs, goOn });
			return;
		}
		case "fork":
			openFork(node, path, place, input, draft, goOn);
			return;
		case "route":
			openRoute(node, path, place, input, draft, goOn);
			return;
		case "loop":
			openIteration(node, path, 0, place, input, draft, goOn);
			return;
		case "child": {
			const onEnd = ends(path, (value) => value, goOn);
			openScope(node.body, { ...place, prefix: `${path}/`, onEnd }, input, draft);
		}
	}
}

/** The composite at this path is recorded with its value, and what follows it opens. */
function ends(path: string, valueFrom: (inner: unknown) => unknown, goOn: Opening["goOn"]): Place["onEnd"] {
	return (inner, draft) => {
		const value = valueFrom(inner);
		draft.recorded.push({ path, value });
		goOn(value, draft);
	};
}

function openFork(
	node: Extract<PlannedNode, { kind: "fork" }>,
	path: string,
	place: Place,
	input: unknown,
	draft: Draft,
	goOn: Opening["goOn"],
): void {
	const joinPath = place.prefix + node.joinId;
	const outcomes = new Map<string, unknown>();
	for (const { name, body } of node.branches) {
		const onEnd: Place["onEnd"] = (value, next) => {
			next.countDown = joinPath;
			next.effects.push(() => outcomes.set(name, node.settle === "all" ? { ok: true, value } : value));
		};
		const fail = () => outcomes.set(name, { ok: false });
		const branch = node.settle === "all" ? { path: `${path}/${name}`, joinPath, fail } : place.branch;
		openScope(body, { ...place, prefix: `${path}/${name}/`, branch, onEnd }, input, draft);
	}
	draft.opened.push({
		path: joinPath,
		opensAs: "joining",
		task: node.join,
		iteration: place.iteration,
		dueInMs: null,
		signal: null,
		remaining: node.branches.length,
		branch: place.branch,
		input: () => Object.fromEntries(node.branches.map(({ name }) => [name, outcomes.get(name)])),
		goOn,
	});
}

function openRoute(
	node: Extract<PlannedNode, { kind: "route" }>,
	path: string,
	place: Place,
	input: unknown,
	draft: Draft,
	goOn: Opening["goOn"],
): void {
	draft.opened.push({
		path: `${path}.key`,
		opensAs: "ready",
		task: node.key,
		iteration: place.iteration,
		dueInMs: null,
		signal: null,
		remaining: 0,
		branch: place.branch,
		input: () => input,
		goOn(key, next) {
			const chosen = node.cases.find(({ name }) => name === key) ?? node.cases.find(({ name }) => name === "default");
			if (chosen === undefined) throw new RangeError(`the plan's route ${path} has no case ${String(key)}`);
			const onEnd = ends(path, (value) => ({ case: chosen.name, value }), goOn);
			openScope(chosen.body, { ...place, prefix: `${path}/${chosen.name}/`, onEnd }, input, next);
		},
	});
}

function openIteration(
	node: Extract<PlannedNode, { kind: "loop" }>,
	path: string,
	iteration: number,
	place: Place,
	input: unknown,
	draft: Draft,
	goOn: Opening["goOn"],
): void {
	const end = ends(path, (value) => value, goOn);
	const onEnd: Place["onEnd"] = (value, next) => {
		const isLast = iteration + 1 >= node.maxIterations;
		if (!(value instanceof Verdict) || (value.verdict === "again" && isLast && node.onMax === "fail")) {
			next.fails = true;
		} else if (value.verdict === "again" && !isLast) {
			openIteration(node, path, iteration + 1, place, value.value, next, goOn);
		} else {
			end(value.value, next);
		}
	};
	openScope(node.body, { ...place, prefix: `${path}[${iteration}]/`, iteration, onEnd }, input, draft);
}
