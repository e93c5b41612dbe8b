import type { Box, Extent, Item, Leaf, Row, Sequence, Split } from "./blocks.ts";
import { FOLD_ABOVE } from "./geometry.ts";
import type { Metrics } from "./metrics.ts";

/** Fewer items than this stay in one row, however long they are. */
const FEW = 4;
/** A split's own line moves by at most this many px onto a lane's. */
const SNAP = 16;

/** First pass, children first: the size of every block. Answers the number of visits. */
export function measure(sequences: readonly Sequence[], m: Metrics): number {
	let visits = 0;
	for (let at = sequences.length - 1; at >= 0; at--) {
		const sequence = sequences[at];
		if (sequence === undefined) break;
		for (const item of sequence.items) {
			visits += 1 + (item.type === "split" ? item.lanes.length : 0);
			Object.assign(item, measureItem(item, m));
		}
		sequence.rows = toRows(sequence.items, m);
		visits += sequence.items.length;
		Object.assign(sequence, measureRows(sequence.rows, m));
	}
	return visits;
}

/** Size of the node that opens a split. */
export function headSize(split: Split, m: Metrics): { readonly width: number; readonly height: number } {
	return split.kind === "fork" ? m.pill : m.card;
}

/** Size of the join card or the merge dot that closes a split. */
export function tailSize(split: Split, m: Metrics): { readonly width: number; readonly height: number } {
	return split.kind === "fork" ? m.card : m.mark;
}

function measureItem(item: Item, m: Metrics): Extent {
	switch (item.type) {
		case "leaf":
			return measureLeaf(item, m);
		case "folded":
			return { ...m.card, inY: m.card.height / 2, outY: m.card.height / 2 };
		case "split":
			return measureSplit(item, m);
		case "box":
			return measureBox(item, m);
	}
}

function measureLeaf(leaf: Leaf, m: Metrics): Extent {
	const { width, height } = leaf.kind === "task" ? m.card : m.pill;
	return { width, height, inY: height / 2, outY: height / 2 };
}

/** Lanes stacked; head and tail stand on the middle between the lines of the first and the last lane. */
function measureSplit(split: Split, m: Metrics): Extent {
	let laneWidth: number = m.emptyLane;
	let bottom = 0;
	for (const lane of split.lanes) {
		lane.top = bottom;
		bottom += m.caption.height + lane.sequence.height + m.laneGap;
		laneWidth = Math.max(laneWidth, m.caption.width + lane.sequence.width);
	}
	bottom -= m.laneGap;
	const first = split.lanes[0];
	const last = split.lanes.at(-1);
	const line = (lane: typeof first) => (lane === undefined ? 0 : lane.top + m.caption.height + lane.sequence.inY);
	const middle = nearestLine((line(first) + line(last)) / 2, split.lanes.map(line));
	const half = Math.max(headSize(split, m).height, tailSize(split, m).height) / 2;
	const axis = Math.max(middle, half);
	for (const lane of split.lanes) lane.top += axis - middle;
	split.laneWidth = laneWidth;
	return {
		width: headSize(split, m).width + m.trunk + laneWidth + m.trunk + tailSize(split, m).width,
		height: Math.max(bottom + axis - middle, axis + half),
		inY: axis,
		outY: axis,
	};
}

/** The line of a lane that is almost level with the middle, else the middle: a straight line reads better than a jog. */
function nearestLine(middle: number, lines: readonly number[]): number {
	return lines.find((line) => Math.abs(line - middle) <= SNAP) ?? middle;
}

/** The body stands in the middle of a box that is wider than it. */
function measureBox(box: Box, m: Metrics): Extent {
	const body = bodyOffset(box, m);
	const least = m.boxMin[box.kind];
	return {
		width: Math.max(least.width, m.boxLead.width + box.body.width + m.boxTail),
		height: Math.max(least.height, m.boxLead.height + box.body.height + m.boxTail),
		inY: body.y + box.body.inY,
		outY: body.y + box.body.outY,
	};
}

/** Where the body of a box begins, from the box's corner. */
export function bodyOffset({ kind, body }: Box, m: Metrics): { readonly x: number; readonly y: number } {
	const spare = (least: number, needed: number) => Math.max(least - needed, 0) / 2;
	const { width, height } = m.boxMin[kind];
	return {
		x: m.boxLead.width + spare(width, m.boxLead.width + body.width + m.boxTail),
		y: m.boxLead.height + spare(height, m.boxLead.height + body.height + m.boxTail),
	};
}

function toRows(items: readonly Item[], m: Metrics): readonly Row[] {
	if (items.length === 0) return [];
	let area = 0;
	let length = -m.gap;
	for (const item of items) {
		area += (item.width + m.gap) * (item.height + m.rowGap);
		length += item.width + m.gap;
	}
	if (items.length <= FOLD_ABOVE && (items.length < FEW || length <= FOLD_ABOVE * (m.card.width + m.gap)))
		return [toRow(items, m)];
	const limit = Math.sqrt(area * m.aspect);
	const rows: Row[] = [];
	let row: Item[] = [];
	let width = 0;
	for (const item of items) {
		if (row.length > 0 && width + item.width > limit) {
			rows.push(toRow(row, m));
			row = [];
			width = 0;
		}
		row.push(item);
		width += item.width + m.gap;
	}
	rows.push(toRow(row, m));
	return rows;
}

function toRow(items: readonly Item[], m: Metrics): Row {
	let axis = 0;
	let below = 0;
	let width = -m.gap;
	for (const item of items) {
		axis = Math.max(axis, item.inY);
		below = Math.max(below, item.height - item.inY);
		width += item.width + m.gap;
	}
	return { items, width, height: axis + below, axis };
}

function measureRows(rows: readonly Row[], m: Metrics): Extent {
	const first = rows[0];
	const last = rows.at(-1);
	const end = last?.items.at(-1);
	if (first === undefined || last === undefined || end === undefined) {
		return { width: m.emptyLane, height: m.mark.height, inY: m.mark.height / 2, outY: m.mark.height / 2 };
	}
	let height = -m.rowGap;
	let width = 0;
	for (const row of rows) {
		height += row.height + m.rowGap;
		width = Math.max(width, row.width);
	}
	const outY = height - last.height + last.axis - end.inY + end.outY;
	return { width, height, inY: first.axis, outY };
}
