import type { PersistentBackend } from "@waymark/engine/backend";
import { DatabaseClock } from "./database-clock.ts";
import { LiveHub } from "./live-hub.ts";

const MAX_STREAMS = 200;
const KEY = Symbol.for("waymark.dashboard.live");

interface Live {
	readonly hub: LiveHub;
	readonly clock: DatabaseClock;
	readonly backend: PersistentBackend;
	open: number;
}

interface Place {
	readonly hub: LiveHub;
	readonly clock: DatabaseClock;
	leave(): void;
}

/** The process's one hub, with a place in it; null when all places are taken. Give the place back with `leave`. */
export function enterLive(backend: PersistentBackend): Place | null {
	const live = liveOf(backend);
	if (live.open >= MAX_STREAMS) return null;
	live.open += 1;
	let left = false;
	return {
		hub: live.hub,
		clock: live.clock,
		leave() {
			if (!left) live.open -= 1;
			left = true;
		},
	};
}

/** What is open now: streams, and runs that they watch. */
export function liveCounts(backend: PersistentBackend): { readonly streams: number; readonly runs: number } {
	const { open, hub } = liveOf(backend);
	return { streams: open, runs: hub.size };
}

function liveOf(backend: PersistentBackend): Live {
	const holder = globalThis as { [KEY]?: Live };
	if (holder[KEY]?.backend !== backend) {
		holder[KEY] = { hub: new LiveHub(backend), clock: new DatabaseClock(), backend, open: 0 };
	}
	return holder[KEY];
}
