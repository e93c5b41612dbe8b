import type { PersistentBackend } from "@waymark/engine/backend";
import { getBackend } from "../backend.ts";
import type { BulkItem, BulkNow } from "../wire.ts";
import { loadBulk } from "./bulk-job.ts";
import { keep, kept, type SeenState } from "./bulk-state.ts";

/** Reads on their way at once. */
const AT_ONCE = 8;

/** `GET /api/bulk/{jobId}/now`. */
export async function loadBulkNow(jobId: string): Promise<BulkNow> {
	const { items } = await loadBulk(jobId);
	const seen = kept().seen.get(jobId) ?? new Map<string, SeenState>();
	keep(kept().seen, jobId, seen);
	await lookAgain(await getBackend(), items.filter(tookIt), seen);
	return { states: [...seen.values()].map(({ state }) => state) };
}

/** What an action changed, or had changed before: the others are what they were. */
function tookIt({ outcome }: BulkItem): boolean {
	return outcome === "done" || outcome === "unchanged";
}

/** The versions of all of them are one statement; only what has changed since it was last seen is read. */
async function lookAgain(
	backend: PersistentBackend,
	items: readonly BulkItem[],
	seen: Map<string, SeenState>,
): Promise<void> {
	const versions = await backend.getVersions(items.flatMap(({ runId }) => (runId === null ? [] : [runId])));
	for (const runId of seen.keys()) if (!versions.has(runId)) seen.delete(runId);
	const changed = items.filter(({ runId }) => {
		const version = runId === null ? undefined : versions.get(runId);
		const before = seen.get(runId ?? "");
		// What waits for tasks whose worker has died shows as ended before that is written down.
		return version !== undefined && (before?.version !== version || before.state.control !== "none");
	});
	let next = 0;
	const work = async () => {
		for (let at = next; at < changed.length; at = next) {
			next = at + 1;
			const instance = await backend.getInstance(changed[at]?.instanceId ?? "");
			// Its id may have been started again since: then that run has ended, and is not what is read here.
			if (instance === null || instance.runId !== changed[at]?.runId) continue;
			const { runId, version, status, control } = instance;
			seen.set(runId, { version, state: { runId, status, control } });
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, work));
}
