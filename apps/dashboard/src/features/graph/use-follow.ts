import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { cardFor, type Folding } from "../../graph/folding.ts";
import { newestRunning } from "../../graph/interesting.ts";
import type { CanvasScope } from "./canvas-context.ts";
import type { Camera } from "./use-camera.ts";

export type Follow = "on" | "off" | "paused";

/** Keeps the newest running node in view while it is on. The reader's own pan or zoom pauses it; the end ends it. */
export function useFollow({ nodes, focus }: CanvasScope, folding: Folding, camera: Camera, isOver: boolean) {
	const [follow, setFollow] = useState<Follow>("off");
	const read = () => newestRunning(nodes.views());
	const newest = useSyncExternalStore(nodes.subscribeAll, read, read);
	useEffect(() => {
		const card = follow === "on" && newest !== null ? cardFor(folding, newest) : null;
		focus.follow(card);
		if (card !== null) camera.show(card);
	}, [follow, newest, folding, camera, focus]);
	useEffect(() => {
		if (isOver) setFollow("off");
	}, [isOver]);
	const toggle = useCallback(() => setFollow((now) => (now === "on" || isOver ? "off" : "on")), [isOver]);
	const pause = useCallback(() => setFollow((now) => (now === "on" ? "paused" : now)), []);
	return { follow, toggle, pause };
}
