import {
	createSerializer,
	type inferParserType,
	parseAsArrayOf,
	parseAsInteger,
	parseAsString,
	parseAsStringLiteral,
} from "nuqs/server";
import { iterationsInUrl, placeInRun } from "../../graph/place-in-run.ts";

/** Tabs of the page, in the order of the keys 1 to 6. `graph` is graph and outline. */
export const VIEWS = ["graph", "timeline", "history", "io", "attempts", "audit"] as const;
export type View = (typeof VIEWS)[number];

/** What of the page stands in its address. */
export const INSTANCE_URL = {
	/** Null: what this person's pages open with. */
	view: parseAsStringLiteral(VIEWS),
	/** Definition path of the selected node. */
	node: parseAsString,
	/** Tab of the inspector. */
	tab: parseAsString,
	/** Attempt that the inspector points at. */
	attempt: parseAsInteger,
	/** Of the timeline: "run" (since the last retry), "last" or a number; null: all attempts. */
	attempts: parseAsString,
	/** Iterations that the reader chose, as `loop:number`. */
	iter: parseAsArrayOf(parseAsString),
	/** "0": the reader wants the page to stand still. */
	live: parseAsStringLiteral(["0"]),
	/** The graph as picture or as outline; by default whichever fits the screen. */
	as: parseAsStringLiteral(["graph", "outline"]),
};

export type InstanceUrl = inferParserType<typeof INSTANCE_URL>;

/** The query of an address, with its question mark. */
export const instanceQuery: (url: Partial<InstanceUrl>) => string = createSerializer(INSTANCE_URL);

/** Where a path of the run is shown: in its own iterations, and in loops that are not around it as was chosen before. */
export function nodeInUrl(path: string, { iter }: Pick<InstanceUrl, "iter">): Pick<InstanceUrl, "node" | "iter"> {
	const { key, iterations } = placeInRun(path);
	const others = (iter ?? []).filter((choice) => !iterations.has(choice.slice(0, choice.lastIndexOf(":"))));
	const next = [...others, ...iterationsInUrl(iterations)];
	return { node: key, iter: next.length === 0 ? null : next };
}

/** Moves to another address; Back comes back. */
export type SetInstanceUrl = (next: Partial<InstanceUrl>) => unknown;
