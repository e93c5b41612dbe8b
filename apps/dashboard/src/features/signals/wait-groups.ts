import type { WaitList } from "../../server/wire.ts";

type Wait = WaitList["waits"][number];

/** The waits of one instance for one name. A signal is sent to them together: the engine says which of them takes it. */
export interface WaitGroup extends Pick<Wait, "instanceId" | "runId" | "workflow" | "status" | "signal"> {
	/** The longest wait first; those that began together stay as they were listed. */
	readonly waits: readonly Wait[];
	/** Since when the longest of them waits. */
	readonly since: number;
	/** The first moment at which one of them times out; null: none ever does. */
	readonly timeoutAt: number | null;
}

/** In the order in which the instances and names come first. */
export function groupWaits(waits: readonly Wait[]): readonly WaitGroup[] {
	const groups = new Map<string, Wait[]>();
	for (const wait of waits) {
		const key = `${wait.runId} ${wait.signal}`;
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [wait]);
		else group.push(wait);
	}
	return [...groups.values()].flatMap((group) => {
		const sorted = group.toSorted((a, b) => a.since - b.since);
		const [first] = sorted;
		if (first === undefined) return [];
		const { instanceId, runId, workflow, status, signal, since } = first;
		const timeouts = sorted.flatMap(({ timeoutAt }) => (timeoutAt === null ? [] : [timeoutAt]));
		const timeoutAt = timeouts.length === 0 ? null : Math.min(...timeouts);
		return [{ instanceId, runId, workflow, status, signal, waits: sorted, since, timeoutAt }];
	});
}
