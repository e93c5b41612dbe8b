import type { InstanceRecord } from "@waymark/engine/backend";
import { definitionPath } from "@waymark/engine/graph";
import type { FailureGroup } from "./wire.ts";

/** Failures that are alike are one line for whoever is called: in the order of the newest of each. */
export function failureGroups(newestFirst: readonly InstanceRecord[]): readonly FailureGroup[] {
	const groups = new Map<string, { newest: InstanceRecord; count: number }>();
	for (const instance of newestFirst) {
		const key = likeness(instance);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, { newest: instance, count: 1 });
		else group.count += 1;
	}
	return [...groups.values()];
}

/** What makes two failures alike: the same node, whatever the version of the plan and the iteration, and the same class of error. */
function likeness({ workflow, failedPath, error }: InstanceRecord): string {
	return JSON.stringify([workflow, failedPath === null ? null : definitionPath(failedPath), error?.name ?? null]);
}
