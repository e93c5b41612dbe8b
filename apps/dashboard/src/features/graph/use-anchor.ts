import { useReactFlow } from "@xyflow/react";
import { type RefObject, useLayoutEffect, useRef } from "react";
import type { Point, Rect } from "../../graph/geometry.ts";

/**
 * When the layout changes, because something was opened or closed, the card that the reader looks at stays where it is
 * on the screen. `wanted` names it for once; else it is the one nearest to the middle.
 */
export function useAnchor(
	places: ReadonlyMap<string, Rect>,
	wrapper: RefObject<HTMLDivElement | null>,
	wanted: RefObject<readonly string[]>,
): void {
	const flow = useReactFlow();
	const previous = useRef(places);
	useLayoutEffect(() => {
		const before = previous.current;
		previous.current = places;
		if (before === places) return;
		const { x, y, zoom } = flow.getViewport();
		const element = wrapper.current;
		const middle = {
			x: ((element?.clientWidth ?? 0) / 2 - x) / zoom,
			y: ((element?.clientHeight ?? 0) / 2 - y) / zoom,
		};
		const key = wanted.current.find((one) => before.has(one) && places.has(one)) ?? nearest(before, places, middle);
		wanted.current = [];
		const from = before.get(key ?? "");
		const to = places.get(key ?? "");
		if (from === undefined || to === undefined) return;
		void flow.setViewport({ x: x + (from.x - to.x) * zoom, y: y + (from.y - to.y) * zoom, zoom });
	}, [places, flow, wrapper, wanted]);
}

/** The card of both layouts that was nearest to a point in the first. */
function nearest(before: ReadonlyMap<string, Rect>, after: ReadonlyMap<string, Rect>, at: Point): string | null {
	let found: string | null = null;
	let least = Number.POSITIVE_INFINITY;
	for (const [key, rect] of before) {
		const distance = Math.hypot(rect.x + rect.width / 2 - at.x, rect.y + rect.height / 2 - at.y);
		if (distance < least && after.has(key)) {
			found = key;
			least = distance;
		}
	}
	return found;
}
