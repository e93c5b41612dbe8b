import type { WorkflowSnapshot } from "@waymark/engine/backend";
import type { OpenState } from "@waymark/engine/graph";
import { nodeStatus, type StatusEntry, type StatusLook } from "../../components/status-table.ts";
import { visibleText } from "../../components/visible-text.ts";
import { isKnown } from "../../graph/interesting.ts";
import { shownStatus } from "../instance-list/activity-words.ts";

/** The workers that fell silent. */
type Silent = { has(workerId: string): boolean };

const NOBODY: Silent = new Set<string>();

/** As the lists call it. */
export function shownStatusOf({ instance, openNodes }: WorkflowSnapshot, silent: Silent = NOBODY): StatusEntry {
	const lost = openNodes.filter((node) => isLost(node, silent)).length;
	const activity = openNodes.map(({ state }) => ({ state, nodes: 1 }));
	return shownStatus(instance.status, activity, lost === 0 ? null : { nodes: lost });
}

function isLost({ state, owner }: WorkflowSnapshot["openNodes"][number], silent: Silent): boolean {
	return state === "running" && owner !== null && silent.has(owner);
}

/** "2 running", and how what it counts looks in the filter of states; null: that filter has no one word for it. */
export interface InsideWord {
	readonly words: string;
	readonly look: StatusLook | null;
}

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
 * failed while the instance goes on (their failure is data, or a branch's).
 */
export function insideWords(
	snapshot: WorkflowSnapshot,
	failed: number,
	silent: Silent = NOBODY,
): readonly InsideWord[] {
	const { instance, openNodes } = snapshot;
	if (instance.endedAt !== null) return [];
	const first: InsideWord[] = failed === 0 ? [] : [{ words: `${failed} failed`, look: "failed" }];
	const lost = openNodes.filter((node) => isLost(node, silent)).length;
	if (lost > 0) first.push({ words: `${lost} with a silent worker`, look: "unknown" });
	const counts = new Map<OpenState, number>();
	for (const node of openNodes) {
		if (!isLost(node, silent)) counts.set(node.state, (counts.get(node.state) ?? 0) + 1);
	}
	const foreign = [...counts.keys()].flatMap((state) =>
		state === "joining" || isKnown(state) ? [] : [[state, nodeStatus(state).word.toLowerCase()] as const],
	);
	const words = [...WORDS, ...foreign];
	const live = [...counts].filter(([state]) => words.some(([known]) => known === state));
	const signals = [...new Set(openNodes.flatMap(({ signal }) => (signal === null ? [] : [signal])))];
	const [only] = live;
	const shown = shownStatusOf(snapshot, silent);
	const isSaid = live.length === 1 && only?.[1] === 1 && nodeLook(only[0]) === shown.look && SAYS_ALL.has(only[0]);
	if (isSaid) return first;
	const said = words.flatMap(([state, word]): InsideWord[] => {
		const count = counts.get(state) ?? 0;
		if (count === 0) return [];
		// Pending nodes are many, and look the same.
		const look = state === "ready" ? null : nodeLook(state);
		if (state === "awaiting_signal" && signals.length > 0 && signals.length <= MAX_SIGNALS) {
			return [{ words: `waits for ${signals.map(visibleText).join(" and ")}`, look }];
		}
		return [{ words: `${count} ${word}`, look }];
	});
	return [...first, ...said];
}

/** States that the status of that look tells alone. Which signal is awaited, it does not. */
const SAYS_ALL: ReadonlySet<OpenState> = new Set(["running", "retrying", "waiting"]);

/** More names than these say less than their number. */
const MAX_SIGNALS = 2;

function nodeLook(state: OpenState): StatusLook {
	return state === "joining" ? "pending" : nodeStatus(state).look;
}
