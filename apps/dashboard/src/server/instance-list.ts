import type { InstanceQuery } from "@waymark/engine/backend";
import { getBackend } from "./backend.ts";
import { remembered } from "./remembered.ts";
import type { InstanceList, WorkflowList } from "./wire.ts";

/** Counts may be a second old: every open list asks for them every few. */
const counts = remembered(1_000, async () => (await getBackend()).countInstances());

/** One page of instances and the counts beside the filters. */
export async function loadInstanceList(query: InstanceQuery): Promise<InstanceList> {
	const backend = await getBackend();
	const [page, counted] = await Promise.all([backend.listInstances(query), counts()]);
	return { ...page, counts: counted };
}

export async function loadWorkflows(): Promise<WorkflowList> {
	const { workflows } = await (await getBackend()).countInstances();
	return { workflows };
}
