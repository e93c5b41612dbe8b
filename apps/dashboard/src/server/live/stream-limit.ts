import type { PersistentBackend } from "@waymark/engine/backend";
import { DatabaseClock } from "./database-clock.ts";
import { LiveHub } from "./live-hub.ts";

const MAX_STREAMS = 200;
/** One browser needs four (see stream-slot.ts of the pages), or one for each tab where its tabs cannot share them. */
const MAX_OF_SESSION = 6;
const KEY = Symbol.for("waymark.dashboard.live");

interface Live {
	readonly hub: LiveHub;
	readonly clock: DatabaseClock;
	readonly backend: PersistentBackend;
	open: number;
	/** How many of them each session has, by its id. */
	readonly ofSession: Map<string, number>;
}

interface Place {
	readonly hub: LiveHub;
	readonly clock: DatabaseClock;
	leave(): void;
}

/** Why there is no place: all are taken, or all that a session may have. */
export type NoPlace = "full" | "session-full";

/**
 * The process's one hub, with a place in it. Give the place back with `leave`. Without a sign-in there are no sessions:
 * whoever reaches the address is the one local operator, in however many browsers, and all places are theirs.
 */
export function enterLive(backend: PersistentBackend, session: string | null): Place | NoPlace {
	const live = liveOf(backend);
	if (live.open >= MAX_STREAMS) return "full";
	if (session !== null && heldBy(live, session) >= MAX_OF_SESSION) return "session-full";
	count(live, session, 1);
	let left = false;
	return {
		hub: live.hub,
		clock: live.clock,
		leave() {
			if (!left) count(live, session, -1);
			left = true;
		},
	};
}

function heldBy({ ofSession }: Live, session: string): number {
	return ofSession.get(session) ?? 0;
}

function count(live: Live, session: string | null, by: 1 | -1): void {
	live.open += by;
	if (session === null) return;
	const held = heldBy(live, session) + by;
	if (held === 0) live.ofSession.delete(session);
	else live.ofSession.set(session, held);
}

/** What is open now: streams, and runs that they watch. */
export function liveCounts(backend: PersistentBackend): { readonly streams: number; readonly runs: number } {
	const { open, hub } = liveOf(backend);
	return { streams: open, runs: hub.size };
}

function liveOf(backend: PersistentBackend): Live {
	const holder = globalThis as { [KEY]?: Live };
	if (holder[KEY]?.backend !== backend) {
		holder[KEY] = { hub: new LiveHub(backend), clock: new DatabaseClock(), backend, open: 0, ofSession: new Map() };
	}
	return holder[KEY];
}
