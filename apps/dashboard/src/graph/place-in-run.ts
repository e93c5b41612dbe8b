import { definitionPath } from "@waymark/engine/graph";

/** Where a path of a run leads to: a node of the plan, and which iteration of each loop around it. */
export interface PlaceInRun {
	/** Definition path of the node. */
	readonly key: string;
	/** By definition path of the loop, outer loops first. */
	readonly iterations: ReadonlyMap<string, number>;
}

/** `pages[30]/fetch` is `pages/fetch` in iteration 30 of `pages`. A route's key function is shown at the route. */
export function placeInRun(path: string): PlaceInRun {
	const iterations = new Map<string, number>();
	for (const { index, 1: iteration } of path.matchAll(/\[(\d+)\]/g)) {
		iterations.set(definitionPath(path.slice(0, index)), Number(iteration));
	}
	return { key: definitionPath(path).replace(/\.key$/, ""), iterations };
}

/** The chosen iterations as an address has them. */
export function iterationsInUrl(iterations: ReadonlyMap<string, number>): readonly string[] {
	return [...iterations].map(([loop, at]) => `${loop}:${at}`);
}
