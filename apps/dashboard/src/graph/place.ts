import { type Box, exitKey, type Item, type Sequence, type Split } from "./blocks.ts";
import type { PlanBox, PlanCaption, PlanEdge, PlanGeometry, PlanGroup, PlanMark, PlanNode, Point } from "./geometry.ts";
import { bodyOffset, headSize, tailSize } from "./measure.ts";
import { type Metrics, turnedRect } from "./metrics.ts";
import { elbow, overRows, straight } from "./orthogonal.ts";

/** Between a line that runs down and the caption beside it, px. */
const BESIDE_LINE = 6;

/** Second pass, parents first: gives every measured block its absolute place, and draws the lines between them. */
export class Placement {
	readonly nodes: PlanNode[] = [];
	readonly groups: PlanGroup[] = [];
	readonly boxes: PlanBox[] = [];
	readonly captions: PlanCaption[] = [];
	readonly marks: PlanMark[] = [];
	readonly edges: PlanEdge[] = [];
	visits = 0;
	readonly #origins = new Map<Sequence, Point>();
	readonly #m: Metrics;

	constructor(metrics: Metrics) {
		this.#m = metrics;
	}

	/** `sequences` must list each sequence before those inside it. */
	place(sequences: readonly Sequence[]): void {
		const root = sequences[0];
		if (root === undefined) return;
		this.#placeEnds(root);
		for (const sequence of sequences) {
			const origin = this.#origins.get(sequence);
			if (origin !== undefined) this.#placeSequence(sequence, origin);
		}
	}

	/** Turned as the plan runs. */
	geometry(root: Sequence, measured: number): PlanGeometry {
		const lead = this.#m.mark.width + this.#m.gap;
		const bounds = { x: 0, y: 0, width: root.width + 2 * lead, height: root.height };
		const operations = measured + this.visits;
		const { nodes, groups, boxes, captions, marks, edges } = this;
		if (this.#m.direction === "right") return { nodes, groups, boxes, captions, marks, edges, bounds, operations };
		return {
			nodes: nodes.map(turnedRect),
			groups: groups.map(turnedRect),
			boxes: boxes.map(turnedRect),
			captions: captions.map(turnedRect),
			marks: marks.map(turnedRect),
			edges: edges.map((edge) => ({ ...edge, points: edge.points.map(({ x, y }) => ({ x: y, y: x })) })),
			bounds: turnedRect(bounds),
			operations,
		};
	}

	#placeEnds(root: Sequence): void {
		const lead = this.#m.mark.width + this.#m.gap;
		this.#origins.set(root, { x: lead, y: 0 });
		const first = root.items[0];
		const last = root.items.at(-1);
		if (first === undefined || last === undefined) return;
		const half = this.#m.mark.height / 2;
		const end = exitKey(last);
		const right = lead + lastRight(root);
		this.marks.push({ id: "start", kind: "start", owner: first.key, x: 0, y: root.inY - half, ...this.#m.mark });
		this.marks.push({
			id: "end",
			kind: "end",
			owner: end,
			x: right + this.#m.gap,
			y: root.outY - half,
			...this.#m.mark,
		});
		const from = { x: this.#m.mark.width, y: root.inY };
		this.#edge("start", first.key, first.key, null, straight(from, { x: lead, y: root.inY }));
		this.#edge("end", end, end, null, straight({ x: right, y: root.outY }, { x: right + this.#m.gap, y: root.outY }));
	}

	#placeSequence(sequence: Sequence, origin: Point): void {
		let y = origin.y;
		let previous: { readonly item: Item; readonly exit: Point } | null = null;
		for (const row of sequence.rows) {
			let x = origin.x;
			const wraps = previous !== null;
			let first = true;
			for (const item of row.items) {
				this.visits += 1;
				this.#placeItem(item, { x, y: y + row.axis - item.inY });
				const entry = { x, y: y + row.axis };
				if (previous !== null) {
					const points: readonly Point[] =
						first && wraps
							? overRows(previous.exit, entry, y - this.#m.rowGap / 2, this.#m.gap / 2)
							: elbow(previous.exit, entry, previous.exit.x + this.#m.gap / 2);
					this.#edge("next", exitKey(previous.item), item.key, null, points);
				}
				previous = { item, exit: { x: x + item.width, y: y + row.axis - item.inY + item.outY } };
				x += item.width + this.#m.gap;
				first = false;
			}
			y += row.height + this.#m.rowGap;
		}
	}

	#placeItem(item: Item, at: Point): void {
		switch (item.type) {
			case "leaf": {
				const { key, name, kind, width, height } = item;
				this.nodes.push({ key, name, kind, shape: kind === "task" ? "card" : "pill", ...at, width, height });
				return;
			}
			case "folded":
				this.groups.push({ ...item.group, ...at, width: item.width, height: item.height });
				return;
			case "split":
				this.#placeSplit(item, at);
				return;
			case "box":
				this.#placeBox(item, at);
				return;
		}
	}

	#placeSplit(split: Split, at: Point): void {
		const axis = at.y + split.inY;
		const head = headSize(split, this.#m);
		const tail = tailSize(split, this.#m);
		const { key, name, kind, join } = split;
		const shape = kind === "fork" ? "pill" : "card";
		this.nodes.push({ key, name, kind, shape, x: at.x, y: axis - head.height / 2, ...head });
		const laneX = at.x + head.width + this.#m.trunk;
		const end = { x: laneX + split.laneWidth + this.#m.trunk, y: axis - tail.height / 2 };
		if (join === null) this.marks.push({ id: `${key}:merge`, kind: "merge", owner: key, ...end, ...tail });
		else this.nodes.push({ key: join.key, name: join.name, kind: "join", shape: "card", ...end, ...tail });
		for (const lane of split.lanes) {
			this.visits += 1;
			const origin = { x: laneX + this.#m.caption.width, y: at.y + lane.top + this.#m.caption.height };
			if (lane.name !== null) this.#placeCaption(split, lane.name, lane.sequence, origin);
			this.#origins.set(lane.sequence, origin);
			const opening = { x: at.x + head.width, y: axis };
			this.#laneEdges(split, lane.name, lane.sequence, origin, opening, { x: end.x, y: axis });
		}
	}

	/** Right above what the lane begins with; in a plan that runs down, also beside the line that leads there. */
	#placeCaption(split: Split, name: string, sequence: Sequence, origin: Point): void {
		const m = this.#m;
		const first = firstSize(sequence, m);
		const { key, kind } = split;
		const top = origin.y + sequence.inY - first.above;
		const isDown = m.direction === "down";
		const beside = first.above + BESIDE_LINE;
		this.captions.push({
			id: `${key}:${name}`,
			owner: key,
			kind: kind === "fork" ? "branch" : "case",
			text: name,
			x: origin.x - m.caption.width,
			y: isDown ? top + beside : top - m.caption.height,
			width: isDown ? m.caption.width : first.width,
			height: isDown ? Math.max(first.height - beside, 0) : m.caption.height,
		});
	}

	#laneEdges(
		split: Split,
		lane: string | null,
		sequence: Sequence,
		origin: Point,
		opening: Point,
		closing: Point,
	): void {
		const caseKey = split.kind === "route" ? lane : null;
		const first = sequence.items[0];
		const last = sequence.items.at(-1);
		const entry = { x: origin.x, y: origin.y + sequence.inY };
		const openX = opening.x + this.#m.trunk / 2;
		const closeX = closing.x - this.#m.trunk / 2;
		if (first === undefined || last === undefined) {
			const through = elbow(opening, { x: closeX, y: entry.y }, openX);
			this.#edge("pass", split.key, split.key, caseKey, [
				...through.slice(0, -1),
				...elbow(entry, closing, closeX).slice(1),
			]);
			return;
		}
		this.#edge("open", split.key, first.key, caseKey, elbow(opening, entry, openX));
		const exit = { x: origin.x + lastRight(sequence), y: origin.y + sequence.outY };
		this.#edge("close", exitKey(last), split.join?.key ?? split.key, caseKey, elbow(exit, closing, closeX));
	}

	#placeBox(box: Box, at: Point): void {
		const { key, name, kind, depth, width, height, body } = box;
		this.boxes.push({ key, name, kind, depth, ...at, width, height });
		const offset = bodyOffset(box, this.#m);
		const origin = { x: at.x + offset.x, y: at.y + offset.y };
		this.#origins.set(body, origin);
		const first = body.items[0];
		const last = body.items.at(-1);
		if (first === undefined || last === undefined) return;
		const inY = origin.y + body.inY;
		const outY = origin.y + body.outY;
		this.#edge(
			"enter",
			key,
			first.key,
			null,
			straight({ x: at.x + this.#m.boxEntry, y: inY }, { x: origin.x, y: inY }),
		);
		const right = { x: origin.x + lastRight(body), y: outY };
		this.#edge("leave", exitKey(last), key, null, straight(right, { x: at.x + width, y: outY }));
	}

	#edge(role: PlanEdge["role"], from: string, to: string, caseKey: string | null, points: readonly Point[]): void {
		const id = `${role}:${from}>${to}${caseKey === null ? "" : `:${caseKey}`}`;
		this.edges.push({ id, role, from, to, caseKey, points });
	}
}

/** Where a sequence's line goes out, from its left: the right end of its last row. */
function lastRight(sequence: Sequence): number {
	return sequence.rows.at(-1)?.width ?? sequence.width;
}

/** What a lane begins with, and how far it reaches above the lane's line: the caption sits right on it. */
function firstSize(sequence: Sequence, m: Metrics) {
	const first = sequence.items[0];
	if (first === undefined) return { width: m.emptyLane, height: 2 * sequence.inY, above: sequence.inY };
	if (first.type === "split") {
		const head = headSize(first, m);
		return { ...head, above: head.height / 2 };
	}
	return { width: first.width, height: first.height, above: first.inY };
}
