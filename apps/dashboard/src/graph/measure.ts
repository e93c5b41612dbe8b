import type { Box, Extent, Item, Leaf, Row, Sequence, Split } from "./blocks.ts";
import { FOLD_ABOVE, SIZE } from "./geometry.ts";

/** Wide rows suit wide screens. */
const FOLDED_ASPECT = 1.7;
/** A split's own line moves by at most this many px onto a lane's. */
const SNAP = 16;

/** First pass, children first: the size of every block. Answers the number of visits. */
export function measure(sequences: readonly Sequence[]): number {
	let visits = 0;
	for (let at = sequences.length - 1; at >= 0; at--) {
		const sequence = sequences[at];
		if (sequence === undefined) break;
		for (const item of sequence.items) {
			visits += 1 + (item.type === "split" ? item.lanes.length : 0);
			Object.assign(item, measureItem(item));
		}
		sequence.rows = toRows(sequence.items);
		visits += sequence.items.length;
		Object.assign(sequence, measureRows(sequence.rows));
	}
	return visits;
}

/** Size of the node that opens a split. */
export function headSize(split: Split): { readonly width: number; readonly height: number } {
	return split.kind === "fork" ? SIZE.pill : SIZE.card;
}

/** Size of the join card or the merge dot that closes a split. */
export function tailSize(split: Split): { readonly width: number; readonly height: number } {
	return split.kind === "fork" ? SIZE.card : SIZE.mark;
}

function measureItem(item: Item): Extent {
	switch (item.type) {
		case "leaf":
			return measureLeaf(item);
		case "split":
			return measureSplit(item);
		case "box":
			return measureBox(item);
	}
}

function measureLeaf(leaf: Leaf): Extent {
	const { width, height } = leaf.kind === "task" ? SIZE.card : SIZE.pill;
	return { width, height, inY: height / 2, outY: height / 2 };
}

/** Lanes stacked; head and tail stand on the middle between the lines of the first and the last lane. */
function measureSplit(split: Split): Extent {
	let laneWidth: number = SIZE.emptyLane;
	let bottom = 0;
	for (const lane of split.lanes) {
		lane.top = bottom;
		bottom += SIZE.caption + lane.sequence.height + SIZE.laneGap;
		laneWidth = Math.max(laneWidth, lane.sequence.width);
	}
	bottom -= SIZE.laneGap;
	const first = split.lanes[0];
	const last = split.lanes.at(-1);
	const line = (lane: typeof first) => (lane === undefined ? 0 : lane.top + SIZE.caption + lane.sequence.inY);
	const middle = nearestLine((line(first) + line(last)) / 2, split.lanes.map(line));
	const half = Math.max(headSize(split).height, tailSize(split).height) / 2;
	const axis = Math.max(middle, half);
	for (const lane of split.lanes) lane.top += axis - middle;
	split.laneWidth = laneWidth;
	return {
		width: headSize(split).width + SIZE.trunk + laneWidth + SIZE.trunk + tailSize(split).width,
		height: Math.max(bottom + axis - middle, axis + half),
		inY: axis,
		outY: axis,
	};
}

/** The line of a lane that is almost level with the middle, else the middle: a straight line reads better than a jog. */
function nearestLine(middle: number, lines: readonly number[]): number {
	return lines.find((line) => Math.abs(line - middle) <= SNAP) ?? middle;
}

function measureBox(box: Box): Extent {
	const top = SIZE.boxHeader + SIZE.boxPadding;
	return {
		width: Math.max(SIZE.boxMinWidth, box.body.width + 2 * SIZE.boxPadding),
		height: top + box.body.height + SIZE.boxPadding,
		inY: top + box.body.inY,
		outY: top + box.body.outY,
	};
}

function toRows(items: readonly Item[]): readonly Row[] {
	if (items.length === 0) return [];
	if (items.length <= FOLD_ABOVE) return [toRow(items)];
	let area = 0;
	for (const item of items) area += (item.width + SIZE.gap) * (item.height + SIZE.rowGap);
	const limit = Math.sqrt(area * FOLDED_ASPECT);
	const rows: Row[] = [];
	let row: Item[] = [];
	let width = 0;
	for (const item of items) {
		if (row.length > 0 && width + item.width > limit) {
			rows.push(toRow(row));
			row = [];
			width = 0;
		}
		row.push(item);
		width += item.width + SIZE.gap;
	}
	rows.push(toRow(row));
	return rows;
}

function toRow(items: readonly Item[]): Row {
	let axis = 0;
	let below = 0;
	let width = -SIZE.gap;
	for (const item of items) {
		axis = Math.max(axis, item.inY);
		below = Math.max(below, item.height - item.inY);
		width += item.width + SIZE.gap;
	}
	return { items, width, height: axis + below, axis };
}

function measureRows(rows: readonly Row[]): Extent {
	const first = rows[0];
	const last = rows.at(-1);
	const end = last?.items.at(-1);
	if (first === undefined || last === undefined || end === undefined) {
		return { width: SIZE.emptyLane, height: SIZE.mark.height, inY: SIZE.mark.height / 2, outY: SIZE.mark.height / 2 };
	}
	let height = -SIZE.rowGap;
	let width = 0;
	for (const row of rows) {
		height += row.height + SIZE.rowGap;
		width = Math.max(width, row.width);
	}
	const outY = height - last.height + last.axis - end.inY + end.outY;
	return { width, height, inY: first.axis, outY };
}
