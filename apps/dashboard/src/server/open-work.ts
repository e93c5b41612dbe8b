import type { InstanceRecord, OpenNodeRecord, PersistentBackend } from "@waymark/engine/backend";

/** What is open in one version of a run, as far as workers matter. */
export interface OpenWork {
	/** What each worker holds, by its incarnation. */
	readonly held: ReadonlyMap<string, HeldNodes>;
	/** By the tags that they need: the nodes that a worker has taken or will have to take. */
	readonly kinds: readonly NodeKind[];
}

export interface HeldNodes {
	/** The first of those that are written down as running; without any, the first of all. */
	readonly path: string;
	/** When it took that. */
	readonly since: number | null;
	readonly running: number;
}

export interface NodeKind {
	readonly tags: readonly string[];
	/** The first of them that is ready and that nobody holds; null: none is. */
	readonly ready: string | null;
}

const KEPT = 300;
const kept = new Map<string, OpenWork>();

/** A version of a run never changes, so what it held is read once. Only the summary is kept. */
export async function openWork(
	backend: Pick<PersistentBackend, "getSnapshot">,
	{ runId, version }: Pick<InstanceRecord, "runId" | "version">,
): Promise<OpenWork> {
	const key = `${runId} ${version}`;
	const known = kept.get(key);
	if (known !== undefined) return known;
	const snapshot = await backend.getSnapshot(runId, version);
	const work = summaryOf(snapshot?.openNodes ?? []);
	// Of another version by now: right to answer with, and not what this key stands for.
	if (snapshot?.instance.version !== version) return work;
	if (kept.size >= KEPT) kept.delete(kept.keys().next().value ?? "");
	kept.set(key, work);
	return work;
}

export function summaryOf(nodes: readonly OpenNodeRecord[]): OpenWork {
	const held = new Map<string, HeldNodes>();
	const kinds = new Map<string, NodeKind>();
	for (const { state, owner, path, grantedAt, tags } of nodes) {
		if (owner !== null) {
			const before = held.get(owner);
			const running = (before?.running ?? 0) + (state === "running" ? 1 : 0);
			const isFirst = before === undefined || (state === "running" && before.running === 0);
			held.set(owner, isFirst ? { path, since: grantedAt, running } : { ...before, running });
		}
		// A join's turn comes by a branch, and what failed or was cancelled has none.
		if (state === "joining" || state === "failed" || state === "cancelled") continue;
		const key = JSON.stringify([...tags].sort());
		const ready = kinds.get(key)?.ready ?? (state === "ready" && owner === null ? path : null);
		kinds.set(key, { tags, ready });
	}
	return { held, kinds: [...kinds.values()] };
}
