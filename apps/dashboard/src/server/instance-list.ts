import type { InstanceQuery } from "@waymark/engine/backend";
import { getBackend } from "./backend.ts";
import type { InstanceList, WorkflowList } from "./wire.ts";

/** One page of instances and the counts beside the filters. */
export async function loadInstanceList(query: InstanceQuery): Promise<InstanceList> {
	const backend = await getBackend();
	const [page, counts] = await Promise.all([backend.listInstances(query), backend.countInstances()]);
	return { ...page, counts };
}

export async function loadWorkflows(): Promise<WorkflowList> {
	const { workflows } = await (await getBackend()).countInstances();
	return { workflows };
}
