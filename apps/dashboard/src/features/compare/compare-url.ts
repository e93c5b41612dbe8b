import { parseAsString, parseAsStringLiteral } from "nuqs/server";

/** What of the page stands in its address, besides the two instances. */
export const COMPARE_URL = {
	/** Definition path of the node that is opened. */
	node: parseAsString,
	/** Null: only nodes that differ, if any do. */
	show: parseAsStringLiteral(["all"]),
	/** "0": the reader wants the page to stand still. */
	live: parseAsStringLiteral(["0"]),
};

/** Two instances side by side; without the second the page asks for it. */
export function comparePath(left: string, right: string | null = null): string {
	return `/compare?${new URLSearchParams({ left, ...(right === null ? {} : { right }) })}`;
}
