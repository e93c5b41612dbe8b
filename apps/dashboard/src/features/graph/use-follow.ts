import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { newestRunning } from "../../graph/interesting.ts";
import type { CanvasScope } from "./canvas-context.ts";
import type { Camera } from "./use-camera.ts";

export type Follow = "on" | "off" | "paused";

/** Keeps the newest running node in view while it is on. The reader's own pan or zoom pauses it. */
export function useFollow({ nodes }: CanvasScope, camera: Camera) {
	const [follow, setFollow] = useState<Follow>("off");
	const read = () => newestRunning(nodes.views());
	const newest = useSyncExternalStore(nodes.subscribeAll, read, read);
	useEffect(() => {
		if (follow === "on" && newest !== null) camera.show(newest);
	}, [follow, newest, camera]);
	const toggle = useCallback(() => setFollow((now) => (now === "on" ? "off" : "on")), []);
	const pause = useCallback(() => setFollow((now) => (now === "on" ? "paused" : now)), []);
	return { follow, toggle, pause };
}
