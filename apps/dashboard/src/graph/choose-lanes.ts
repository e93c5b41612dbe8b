import type { NodeState } from "@waymark/engine/graph";

/** Lanes of a stacked split that are drawn. */
export const SHOWN_LANES = 4;

export interface LaneState {
	readonly name: string;
	/** The state in it that asks loudest. */
	readonly state: NodeState;
	/** The reader stands in it. */
	readonly keep: boolean;
	/** How often attempts fail where they fail most in it, 0 to 1; only of a definition with figures of its runs. */
	readonly heat: number;
}

/** Smaller asks louder. Among equals the hottest is drawn, and among those the first in the definition. */
function rank({ state, keep }: LaneState): number {
	if (keep) return -1;
	if (state === "failed") return 0;
	if (state === "retrying") return 1;
	if (state === "running") return 2;
	return 3;
}

/**
 * Which lanes of a large split to draw, in the order of the definition. What was drawn stays while it can: only a
 * failure, or a lane that the reader goes to, takes the place of one that asks for less.
 */
export function chooseLanes(lanes: readonly LaneState[], before: readonly string[] | undefined): readonly string[] {
	const ranks = new Map(lanes.map((lane) => [lane.name, rank(lane)]));
	const rankOf = (name: string) => ranks.get(name) ?? 3;
	const heats = new Map(lanes.map(({ name, heat }) => [name, heat]));
	const heatOf = (name: string) => heats.get(name) ?? 0;
	const byRank = (all: readonly string[]) => [...all].sort((a, b) => rankOf(a) - rankOf(b) || heatOf(b) - heatOf(a));
	const chosen = new Set(before?.filter((name) => ranks.has(name)) ?? []);
	if (before === undefined) for (const name of byRank([...ranks.keys()]).slice(0, SHOWN_LANES)) chosen.add(name);
	for (const { name } of lanes) {
		if (chosen.has(name) || rankOf(name) > 0) continue;
		const given = byRank([...chosen]).at(-1);
		const isKept = rankOf(name) < 0;
		if (given === undefined || rankOf(given) > rankOf(name)) {
			if (given !== undefined && chosen.size >= SHOWN_LANES) chosen.delete(given);
			chosen.add(name);
		} else if (isKept) chosen.add(name);
	}
	const names = lanes.filter(({ name }) => chosen.has(name)).map(({ name }) => name);
	return before !== undefined && names.length === before.length && names.every((name, at) => name === before[at])
		? before
		: names;
}
