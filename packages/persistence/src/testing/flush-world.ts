import { createCommand } from "./commands.ts";
import type { OpenWatched, Watched, WatchedStore } from "./watched-store.ts";

export const LEASE_MS = 10_000;

export interface World extends WatchedStore {
	readonly mine: Watched;
	/** As another process would be. */
	readonly other: Watched;
}

/** Worker `w` is registered, and the definition known. */
export async function worldOf(open: OpenWatched): Promise<World> {
	const store = await open();
	const mine = store.open();
	await mine.backend.registerWorker({ workerId: "w", name: "w", slots: 500, leaseMs: LEASE_MS });
	await mine.backend.create(createCommand("first"));
	return { ...store, mine, other: store.open() };
}
