import type { PlanGeometry, Rect } from "../../graph/geometry.ts";

/** Where each card and box lies, by key. */
export function placesOf({ boxes, nodes, groups }: PlanGeometry): ReadonlyMap<string, Rect> {
	const places = new Map<string, Rect>();
	for (const list of [boxes, nodes, groups]) for (const thing of list) places.set(thing.key, thing);
	return places;
}
