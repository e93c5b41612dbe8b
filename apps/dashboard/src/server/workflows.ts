import { ApiError } from "./api-error.ts";
import { getBackend } from "./backend.ts";
import { findDefinition } from "./instance-state.ts";
import { remembered } from "./remembered.ts";
import type { WorkflowPage, WorkflowTable } from "./wire.ts";

/** Judged by samples of the newest instances: a few seconds change nothing. */
export const loadWorkflowTable = remembered(
	3_000,
	async (): Promise<WorkflowTable> => ({ workflows: await (await getBackend()).listWorkflows() }),
);

/** One workflow with the graph of one of its definitions: the one asked for, else the newest. */
export async function loadWorkflowPage(workflow: string, hash: string | null): Promise<WorkflowPage> {
	const backend = await getBackend();
	const known = workflow.length <= 200 && !workflow.includes("\0");
	const detail = known ? await backend.readWorkflow(workflow) : null;
	if (detail === null) throw unknown();
	const chosen = detail.definitions.find((version) => version.hash === hash) ?? detail.definitions[0];
	if (chosen === undefined) throw unknown();
	return { detail, definition: await findDefinition(backend, chosen.hash) };
}

function unknown(): ApiError {
	return new ApiError("UnknownWorkflow", "No workflow of that name has been started here. Look in the list.");
}
