import { createHash } from "node:crypto";
import { type ControlState, mayGrant } from "@waymark/engine/backend";

/**
 * A lane holds the nodes that the same workers can run: one definition, one set of tags. It is the third column of the
 * queue's index, so that a claim walks past a lane that it cannot run in one step, however many rows wait in it.
 *
 *   > 0   number of the lane
 *   < 0   the same, of an instance that is paused, pausing or cancelling: no claim walks there
 *   0     written before there were lanes: every claim walks there and looks at each row
 *
 * Whatever writes a row's tags, or opens a node in its place, writes its lane.
 *
 * It is a hint for the walk. What may be taken is decided row by row as ever, so a number that two lanes shared would
 * cost time and not correctness, but for the first row of one hiding the other: 2^-48 for each pair.
 */

const known = new Map<string, number>();
const MOST_KNOWN = 10_000;

/** The lane of a node. `tags` as they are stored. Never changes: it is stored. */
export function laneOf(definitionHash: string, tags: string): number {
	const text = `${definitionHash}\n${tags}`;
	const found = known.get(text);
	if (found !== undefined) return found;
	const lane = Math.max(1, createHash("sha256").update(text).digest().readUIntBE(0, 6));
	if (known.size >= MOST_KNOWN) known.clear();
	known.set(text, lane);
	return lane;
}

/** The lane of a node that opens in that instance now. */
export function laneIn(row: ControlState & { readonly definition_hash: string }, tags: string): number {
	const lane = laneOf(row.definition_hash, tags);
	return mayGrant(row) ? lane : -lane;
}
