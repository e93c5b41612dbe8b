import type { NodeState } from "@waymark/engine/graph";
import { nodeStatus, type StatusLook } from "../components/status-table.ts";
import type { Point, Rect } from "./geometry.ts";

/** From this many nodes on, a plan seen from far away is drawn as blocks: 300 cards at once cost a fifth of a second, 10,000 cost many. */
export const BLOCKS_FROM = 120;

/** SVG path data of all nodes by look. */
export function blockPaths(
	nodes: readonly (Rect & { readonly key: string })[],
	stateOf: (key: string) => NodeState,
): ReadonlyMap<StatusLook, string> {
	const rects = new Map<StatusLook, Rect[]>();
	for (const node of nodes) {
		const { look } = nodeStatus(stateOf(node.key));
		const found = rects.get(look);
		if (found === undefined) rects.set(look, [node]);
		else found.push(node);
	}
	return new Map([...rects].map(([look, list]) => [look, outlinePath(list)]));
}

export function outlinePath(rects: readonly Rect[]): string {
	return rects.map(({ x, y, width, height }) => `M${x} ${y}h${width}v${height}h${-width}z`).join("");
}

/** The key of the node at that point, the smallest if several; null where there is none. */
export function nodeAt(things: readonly (Rect & { readonly key: string })[], at: Point): string | null {
	let found: (Rect & { readonly key: string }) | null = null;
	for (const thing of things) {
		const inside =
			at.x >= thing.x && at.x <= thing.x + thing.width && at.y >= thing.y && at.y <= thing.y + thing.height;
		if (inside && (found === null || thing.width * thing.height < found.width * found.height)) found = thing;
	}
	return found?.key ?? null;
}
