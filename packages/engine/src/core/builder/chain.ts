import type { DefinitionProblem } from "../errors.ts";
import type { Scope, WorkflowContinuation } from "../graph/continuation.ts";
import type { TaskHandler } from "./workflow.ts";

/** What one call of the builder adds to a scope. Paths are relative to that scope. */
export interface Part {
	readonly node: WorkflowContinuation;
	/** Found in the arguments of the call: what the graph as data cannot show any more. */
	readonly problems: readonly DefinitionProblem[];
	/** Puts the part's functions under their paths; the prefix is the scope's own. */
	readonly addHandlers: (prefix: string, into: Map<string, TaskHandler>) => void;
}

/**
 * A scope under construction: each link points back at the one before, so that appending never copies and any two
 * flows may share a beginning.
 */
export interface Chain {
	readonly before: Chain | null;
	readonly part: Part;
}

/** A finished scope, still relative to where it will stand. */
export interface ScopeDraft {
	readonly scope: Scope;
	readonly problems: readonly DefinitionProblem[];
	readonly addHandlers: Part["addHandlers"];
}

export const EMPTY_DRAFT: ScopeDraft = { scope: [], problems: [], addHandlers: () => {} };

export function draftOf(last: Chain | null): ScopeDraft {
	const parts: Part[] = [];
	for (let link = last; link !== null; link = link.before) parts.push(link.part);
	parts.reverse();
	return {
		scope: parts.map((part) => part.node),
		problems: parts.flatMap((part) => part.problems),
		addHandlers: (prefix, into) => {
			for (const part of parts) part.addHandlers(prefix, into);
		},
	};
}

/** The problems as seen from the scope around. */
export function below(prefix: string, problems: readonly DefinitionProblem[]): readonly DefinitionProblem[] {
	return problems.map((problem) => ({ path: prefix + problem.path, message: problem.message }));
}

/** The problems of the node with this id. */
export function at(path: string, messages: readonly string[]): readonly DefinitionProblem[] {
	return messages.map((message) => ({ path, message }));
}
