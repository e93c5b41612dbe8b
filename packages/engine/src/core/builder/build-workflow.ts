import type { StandardSchemaV1 } from "@standard-schema/spec";
import { type DefinitionProblem, InvalidDefinitionError } from "../errors.ts";
import type { WorkflowGraph } from "../graph/continuation.ts";
import { isPlanned, walkGraph } from "../graph/index-graph.ts";
import { validateGraph } from "../graph/validate.ts";
import { definitionHash } from "../hash.ts";
import { at, type ScopeDraft } from "./chain.ts";
import { jsonSchemaOf } from "./json-schema-of.ts";
import { readSchema, readText } from "./task-options.ts";
import type { TaskHandler, Workflow } from "./workflow.ts";

/** What `flow(name, options)` said. */
export interface FlowHead {
	readonly name: string;
	readonly description: string | null;
	readonly inputSchema: StandardSchemaV1 | null;
	readonly problems: readonly string[];
}

export function readFlowHead(
	name: string,
	options: { readonly input?: StandardSchemaV1 | undefined; readonly description?: string | undefined } | undefined,
): FlowHead {
	const problems: string[] = [];
	return {
		name,
		description: readText(options?.description, "description", problems),
		inputSchema: readSchema(options?.input, "input", problems),
		problems,
	};
}

const BODY_ALONE: FlowHead = {
	name: "body",
	description: null,
	inputSchema: null,
	problems: ["a branch, case or loop body is not built by itself; return the builder instead"],
};

export function buildWorkflow<Input, Output>(head: FlowHead | null, draft: ScopeDraft): Workflow<Input, Output> {
	const { name, description, inputSchema, problems } = head ?? BODY_ALONE;
	const told = inputSchema === null ? null : jsonSchemaOf(inputSchema);
	const graph: WorkflowGraph = {
		format: 1,
		workflow: name,
		description,
		...(told === null ? {} : { inputSchema: told }),
		scope: draft.scope,
	};
	const found: readonly DefinitionProblem[] = [...at("", problems), ...draft.problems, ...validateGraph(graph)];
	if (found.length > 0) throw new InvalidDefinitionError(String(name), found);

	freezeGraph(graph);
	const handlers = new Map<string, TaskHandler>();
	draft.addHandlers("", handlers);
	let plannedNodes = 0;
	for (const entry of walkGraph(graph)) if (isPlanned(entry)) plannedNodes += 1;
	return Object.freeze({ name, graph, definitionHash: definitionHash(graph), plannedNodes, handlers, inputSchema });
}

/** The hash was taken of this graph: nobody may change it afterwards. */
function freezeGraph(value: object): void {
	if (Object.isFrozen(value)) return;
	Object.freeze(value);
	for (const inner of Object.values(value)) if (typeof inner === "object" && inner !== null) freezeGraph(inner);
}
