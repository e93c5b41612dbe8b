import type { PersistentBackend } from "@waymark/engine/backend";
import { LiveHub } from "./live-hub.ts";

const MAX_STREAMS = 200;
const KEY = Symbol.for("waymark.dashboard.live");

interface Live {
	readonly hub: LiveHub;
	readonly backend: PersistentBackend;
	open: number;
}

/** The process's one hub, with a place in it; null when all places are taken. Give the place back with `leave`. */
export function enterLive(backend: PersistentBackend): { readonly hub: LiveHub; leave(): void } | null {
	const holder = globalThis as { [KEY]?: Live };
	if (holder[KEY]?.backend !== backend) holder[KEY] = { hub: new LiveHub(backend), backend, open: 0 };
	const live = holder[KEY];
	if (live.open >= MAX_STREAMS) return null;
	live.open += 1;
	let left = false;
	return {
		hub: live.hub,
		leave() {
			if (!left) live.open -= 1;
			left = true;
		},
	};
}
