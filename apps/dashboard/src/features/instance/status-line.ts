import type { WorkflowSnapshot } from "@waymark/engine/backend";
import type { OpenState } from "@waymark/engine/graph";

const WORDS: readonly (readonly [OpenState, string])[] = [
	["retrying", "retrying"],
	["running", "running"],
	["awaiting_signal", "awaiting a signal"],
	["waiting", "waiting"],
	["ready", "ready to run"],
];

/**
 * What happens inside, in words: "2 running", "1 retrying". The instance's own status says little of a fork, so
 * everything that it does not already say is counted here.
 */
export function insideWords({ instance, openNodes }: WorkflowSnapshot): readonly string[] {
	if (instance.endedAt !== null) return [];
	const counts = new Map<OpenState, number>();
	for (const { state } of openNodes) counts.set(state, (counts.get(state) ?? 0) + 1);
	const live = [...counts].filter(([state]) => WORDS.some(([known]) => known === state));
	const says = SAID_BY[instance.status];
	if (live.length === 1 && live[0]?.[0] === says && live[0]?.[1] === 1) return [];
	return WORDS.flatMap(([state, word]) => {
		const count = counts.get(state) ?? 0;
		return count === 0 ? [] : [`${count} ${word}`];
	});
}

/** The one open state that the status alone tells. */
const SAID_BY: Partial<Record<WorkflowSnapshot["instance"]["status"], OpenState>> = {
	in_progress: "running",
	waiting: "waiting",
	awaiting_signal: "awaiting_signal",
};
