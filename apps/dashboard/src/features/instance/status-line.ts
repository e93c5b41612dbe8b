import type { WorkflowSnapshot } from "@waymark/engine/backend";
import type { OpenState } from "@waymark/engine/graph";
import { nodeStatus } from "../../components/status-table.ts";
import { visibleText } from "../../components/visible-text.ts";
import { isKnown } from "../../graph/interesting.ts";

const WORDS: readonly (readonly [OpenState, string])[] = [
	["retrying", "retrying"],
	["running", "running"],
	["awaiting_signal", "awaiting a signal"],
	["waiting", "waiting"],
	["ready", "ready to run"],
];

/**
 * What happens inside, in words: "2 running", "1 retrying", "waits for manager_approval". The instance's own status
 * says little of a fork, so everything that it does not already say is told here. `failed` is the number of nodes that
 * failed while the instance goes on (their failure is data, or a branch's); `silent` are the workers that fell so.
 */
export function insideWords(
	{ instance, openNodes }: WorkflowSnapshot,
	failed: number,
	silent: { has(workerId: string): boolean } = new Set(),
): readonly string[] {
	if (instance.endedAt !== null) return [];
	const failures = failed === 0 ? [] : [`${failed} failed`];
	const counts = new Map<OpenState, number>();
	let lost = 0;
	for (const { state, owner } of openNodes) {
		if (state === "running" && owner !== null && silent.has(owner)) lost += 1;
		else counts.set(state, (counts.get(state) ?? 0) + 1);
	}
	if (lost > 0) failures.push(`${lost} with a silent worker`);
	const foreign = [...counts.keys()].flatMap((state) =>
		state === "joining" || isKnown(state) ? [] : [[state, nodeStatus(state).word.toLowerCase()] as const],
	);
	const words = [...WORDS, ...foreign];
	const live = [...counts].filter(([state]) => words.some(([known]) => known === state));
	const signals = [...new Set(openNodes.flatMap(({ signal }) => (signal === null ? [] : [signal])))];
	const says = SAID_BY[instance.status];
	if (live.length === 1 && live[0]?.[0] === says && live[0]?.[1] === 1) return failures;
	const said = words.flatMap(([state, word]) => {
		const count = counts.get(state) ?? 0;
		if (count === 0) return [];
		if (state === "awaiting_signal" && signals.length > 0 && signals.length <= MAX_SIGNALS) {
			return [`waits for ${signals.map(visibleText).join(" and ")}`];
		}
		return [`${count} ${word}`];
	});
	return [...failures, ...said];
}

/** More names than these say less than their number. */
const MAX_SIGNALS = 2;

/** The one open state that the status alone tells. Which signal is awaited, it does not. */
const SAID_BY: Partial<Record<WorkflowSnapshot["instance"]["status"], OpenState>> = {
	in_progress: "running",
	waiting: "waiting",
};
