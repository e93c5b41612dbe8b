import {
	COUNT_LIMIT,
	cursorAt,
	type InstanceCounts,
	type InstancePage,
	type InstanceQuery,
	type MatchCount,
	type PersistentBackend,
} from "@waymark/engine/backend";
import { getBackend } from "./backend.ts";
import { lostIn, silentHolders } from "./lost-nodes.ts";
import { openWork } from "./open-work.ts";
import { remembered } from "./remembered.ts";
import type { InstanceList, ListedRow, WorkflowList } from "./wire.ts";
import { workersNow } from "./workers-now.ts";

/** Counts may be a second old: every open list asks for them every few. */
const counts = remembered(1_000, async () => (await getBackend()).countInstances());

/** One page of instances, and the counts above it and beside the filters. */
export async function loadInstanceList(query: InstanceQuery): Promise<InstanceList> {
	const backend = await getBackend();
	const [page, counted] = await Promise.all([backend.listInstances(query), counts()]);
	const [instances, matched] = await Promise.all([
		withLost(backend, page.instances),
		matching(backend, query, page, counted),
	]);
	return { ...page, instances, edges: edgesOf(page), matching: matched, counts: counted };
}

/** Rows are looked into only while some worker is silent with work in its hands. */
async function withLost(backend: PersistentBackend, rows: InstancePage["instances"]): Promise<readonly ListedRow[]> {
	const seen = await workersNow();
	const isCalm = silentHolders(seen).length === 0;
	return Promise.all(
		rows.map(async (row) => {
			const runs = !isCalm && row.activity.some(({ state }) => state === "running");
			return { ...row, lost: runs ? lostIn(await openWork(backend, row), seen) : null };
		}),
	);
}

function edgesOf({ instances }: InstancePage): InstanceList["edges"] {
	const [newest] = instances;
	const oldest = instances.at(-1);
	if (newest === undefined || oldest === undefined) return null;
	return { newest: cursorAt(newest.createdAt, newest.runId), oldest: cursorAt(oldest.createdAt, oldest.runId) };
}

/** Asks the database only for what is not known by now. */
async function matching(
	backend: PersistentBackend,
	query: InstanceQuery,
	page: InstancePage,
	{ byStatus }: InstanceCounts,
): Promise<MatchCount | null> {
	const { limit: _limit, cursor, towards, statuses, ...others } = query;
	const byStatusOnly = Object.values(others).every((given) => Array.isArray(given) && given.length === 0);
	if (byStatusOnly && statuses.length === 0) return null;
	if (cursor === null && towards !== "newer" && page.nextCursor === null) {
		return { count: page.instances.length, complete: true };
	}
	if (!byStatusOnly) return backend.countMatching({ ...others, statuses });
	const found = statuses.map((status) => byStatus[status]);
	return {
		count: found.reduce((sum, count) => sum + Math.min(count, COUNT_LIMIT), 0),
		complete: found.every((count) => count <= COUNT_LIMIT),
	};
}

export async function loadWorkflows(): Promise<WorkflowList> {
	const { workflows } = await (await getBackend()).countInstances();
	return { workflows };
}
