import type { UnservedWork } from "../backend/rows.ts";
import { claimers, isServed } from "../core/instance/served.ts";
import { mayGrant } from "../core/instance/status.ts";
import type { MemoryState, OpenRow } from "./state.ts";

export function listUnserved(state: MemoryState, now: number): readonly UnservedWork[] {
	const live = [...state.workers.values()].filter(({ workerId }) => state.isLive(workerId, now));
	const profiles = claimers(live.map(({ profile }) => profile));
	if (profiles.length === 0) return [];
	const kinds = new Map<string, UnservedWork>();
	for (const row of waitingNow(state, now)) {
		const { run, tags } = row;
		const { workflow, definitionHash, instanceId } = run.instance;
		if (!mayGrant(run.instance) || isServed({ definitionHash, tags }, profiles)) continue;
		const since = row.dueAt ?? now;
		const key = JSON.stringify([definitionHash, tags]);
		const known = kinds.get(key) ?? { workflow, definitionHash, tags, nodes: 0, since, instanceId };
		const first = since < known.since ? { since, instanceId } : {};
		kinds.set(key, Object.freeze({ ...known, ...first, nodes: known.nodes + 1 }));
	}
	return [...kinds.values()].sort((a, b) => a.since - b.since);
}

function* waitingNow(state: MemoryState, now: number): Generator<OpenRow> {
	for (const queue of state.ready.values()) yield* queue;
	for (const row of state.timed) {
		if (row.dueAt !== null && row.dueAt > now) return;
		yield row;
	}
}
