import { iterationChoice } from "../../graph/iteration-choice.ts";
import { iterationsInUrl } from "../../graph/place-in-run.ts";

interface Run {
	readonly instanceId: string;
	readonly runId: string;
}

/** The page of a node, in the iterations that are looked at now. */
export function nodePageHref({ instanceId, runId }: Run, nodeKey: string): string {
	const query = iterationQuery(runId);
	return `/instances/${encodeURIComponent(instanceId)}/nodes/${encodeURIComponent(nodeKey)}${query && `?${query}`}`;
}

/** The same node in the plan of its instance. */
export function planHref({ instanceId, runId }: Run, nodeKey: string): string {
	const query = iterationQuery(runId);
	return `/instances/${encodeURIComponent(instanceId)}?node=${encodeURIComponent(nodeKey)}${query && `&${query}`}`;
}

function iterationQuery(runId: string): string {
	const iterations = iterationsInUrl(iterationChoice(runId)).join(",");
	return iterations === "" ? "" : `iter=${encodeURIComponent(iterations)}`;
}
