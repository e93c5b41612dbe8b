import { useReactFlow } from "@xyflow/react";
import { type RefObject, useCallback, useEffect } from "react";
import { type Rect, SIZE } from "../../graph/geometry.ts";
import type { Viewport } from "../../graph/viewport.ts";
import { useOnViewport, type ViewportFeed } from "./viewport-feed.ts";

/** Room that a title keeps inside its box, px. */
const KEPT = SIZE.loopMinWidth;
const INSET = 12;

/** Keeps the titles of wide boxes in view: whoever looks at the middle of one still reads where he is. */
export function useBoxLeads(
	feed: ViewportFeed,
	places: ReadonlyMap<string, Rect>,
	wrapper: RefObject<HTMLDivElement | null>,
): void {
	const flow = useReactFlow();
	const move = useCallback(
		({ x, zoom }: Viewport) => {
			const left = (INSET - x) / zoom;
			for (const lead of wrapper.current?.querySelectorAll<HTMLElement>("[data-lead]") ?? []) {
				const box = places.get(lead.dataset.lead ?? "");
				if (box === undefined) continue;
				const by = Math.max(0, Math.min(left - box.x, box.width - KEPT));
				lead.style.transform = by === 0 ? "" : `translateX(${by}px)`;
			}
		},
		[places, wrapper],
	);
	useOnViewport(feed, move);
	useEffect(() => {
		// Boxes are mounted in the frame after a layout.
		const frame = requestAnimationFrame(() => move(flow.getViewport()));
		return () => cancelAnimationFrame(frame);
	}, [move, flow]);
}
