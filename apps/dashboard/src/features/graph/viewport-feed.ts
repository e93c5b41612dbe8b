import { useOnViewportChange } from "@xyflow/react";
import { useEffect, useState } from "react";
import type { Viewport } from "../../graph/viewport.ts";

export interface ViewportFeed {
	subscribe(listener: (viewport: Viewport) => void): () => void;
}

/** Every move of the camera, for any number of listeners: React Flow's own hook holds only the one that came last. */
export function useViewportFeed(): ViewportFeed {
	const [{ feed, emit }] = useState(() => {
		const listeners = new Set<(viewport: Viewport) => void>();
		const feed: ViewportFeed = {
			subscribe(listener) {
				listeners.add(listener);
				return () => listeners.delete(listener);
			},
		};
		const emit = (viewport: Viewport) => {
			for (const listener of listeners) listener(viewport);
		};
		return { feed, emit };
	});
	useOnViewportChange({ onChange: emit });
	return feed;
}

export function useOnViewport(feed: ViewportFeed, listener: (viewport: Viewport) => void): void {
	useEffect(() => feed.subscribe(listener), [feed, listener]);
}
