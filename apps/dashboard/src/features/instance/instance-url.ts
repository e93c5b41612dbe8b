import { parseAsString, parseAsStringLiteral } from "nuqs/server";

/** Tabs of the page. `graph` is graph and outline. */
export const VIEWS = ["graph", "io", "history", "audit"] as const;
export type View = (typeof VIEWS)[number];

/** What of the page stands in its address. */
export const INSTANCE_URL = {
	view: parseAsStringLiteral(VIEWS).withDefault("graph"),
	/** Definition path of the selected node. */
	node: parseAsString,
	/** Tab of the inspector. */
	tab: parseAsString,
	/** "0": the reader wants the page to stand still. */
	live: parseAsStringLiteral(["0"]),
	/** The graph as picture or as outline; by default whichever fits the screen. */
	as: parseAsStringLiteral(["graph", "outline"]),
};
