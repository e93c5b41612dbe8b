import { type Box, exitKey, type Item, type Sequence, type Split } from "./blocks.ts";
import {
	type PlanBox,
	type PlanCaption,
	type PlanEdge,
	type PlanGeometry,
	type PlanMark,
	type PlanNode,
	type Point,
	SIZE,
} from "./geometry.ts";
import { headSize, tailSize } from "./measure.ts";
import { elbow, overRows, straight } from "./orthogonal.ts";

/** Second pass, parents first: gives every measured block its absolute place, and draws the lines between them. */
export class Placement {
	readonly nodes: PlanNode[] = [];
	readonly boxes: PlanBox[] = [];
	readonly captions: PlanCaption[] = [];
	readonly marks: PlanMark[] = [];
	readonly edges: PlanEdge[] = [];
	visits = 0;
	readonly #origins = new Map<Sequence, Point>();

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

	/** `width` and `height` are those of the root sequence. */
	geometry(root: Sequence, measured: number): PlanGeometry {
		const lead = SIZE.mark.width + SIZE.gap;
		return {
			nodes: this.nodes,
			boxes: this.boxes,
			captions: this.captions,
			marks: this.marks,
			edges: this.edges,
			bounds: { x: 0, y: 0, width: root.width + 2 * lead, height: root.height },
			operations: measured + this.visits,
		};
	}

	#placeEnds(root: Sequence): void {
		const lead = SIZE.mark.width + SIZE.gap;
		this.#origins.set(root, { x: lead, y: 0 });
		const first = root.items[0];
		const last = root.items.at(-1);
		if (first === undefined || last === undefined) return;
		const half = SIZE.mark.height / 2;
		const end = exitKey(last);
		const right = lead + lastRight(root);
		this.marks.push({ id: "start", kind: "start", owner: first.key, x: 0, y: root.inY - half, ...SIZE.mark });
		this.marks.push({
			id: "end",
			kind: "end",
			owner: end,
			x: right + SIZE.gap,
			y: root.outY - half,
			...SIZE.mark,
		});
		const from = { x: SIZE.mark.width, y: root.inY };
		this.#edge("start", first.key, first.key, null, straight(from, { x: lead, y: root.inY }));
		this.#edge("end", end, end, null, straight({ x: right, y: root.outY }, { x: right + SIZE.gap, y: root.outY }));
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
							? overRows(previous.exit, entry, y - SIZE.rowGap / 2, SIZE.gap / 2)
							: elbow(previous.exit, entry, previous.exit.x + SIZE.gap / 2);
					this.#edge("next", exitKey(previous.item), item.key, null, points);
				}
				previous = { item, exit: { x: x + item.width, y: y + row.axis - item.inY + item.outY } };
				x += item.width + SIZE.gap;
				first = false;
			}
			y += row.height + SIZE.rowGap;
		}
	}

	#placeItem(item: Item, at: Point): void {
		switch (item.type) {
			case "leaf": {
				const { key, name, kind, width, height } = item;
				this.nodes.push({ key, name, kind, shape: kind === "task" ? "card" : "pill", ...at, width, height });
				return;
			}
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
		const head = headSize(split);
		const tail = tailSize(split);
		const { key, name, kind, join } = split;
		const shape = kind === "fork" ? "pill" : "card";
		this.nodes.push({ key, name, kind, shape, x: at.x, y: axis - head.height / 2, ...head });
		const laneX = at.x + head.width + SIZE.trunk;
		const end = { x: laneX + split.laneWidth + SIZE.trunk, y: axis - tail.height / 2 };
		if (join === null) this.marks.push({ id: `${key}:merge`, kind: "merge", owner: key, ...end, ...tail });
		else this.nodes.push({ key: join.key, name: join.name, kind: "join", shape: "card", ...end, ...tail });
		for (const lane of split.lanes) {
			this.visits += 1;
			const first = firstSize(lane.sequence);
			this.captions.push({
				id: `${key}:${lane.name}`,
				owner: key,
				kind: kind === "fork" ? "branch" : "case",
				text: lane.name,
				x: laneX,
				y: at.y + lane.top + lane.sequence.inY - first.above,
				width: first.width,
				height: SIZE.caption,
			});
			const origin = { x: laneX, y: at.y + lane.top + SIZE.caption };
			this.#origins.set(lane.sequence, origin);
			const opening = { x: at.x + head.width, y: axis };
			this.#laneEdges(split, lane.name, lane.sequence, origin, opening, { x: end.x, y: axis });
		}
	}

	#laneEdges(split: Split, lane: string, sequence: Sequence, origin: Point, opening: Point, closing: Point): void {
		const caseKey = split.kind === "route" ? lane : null;
		const first = sequence.items[0];
		const last = sequence.items.at(-1);
		const entry = { x: origin.x, y: origin.y + sequence.inY };
		const openX = opening.x + SIZE.trunk / 2;
		const closeX = closing.x - SIZE.trunk / 2;
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
		const origin = { x: at.x + (width - body.width) / 2, y: at.y + SIZE.boxHeader + SIZE.boxPadding };
		this.#origins.set(body, origin);
		const first = body.items[0];
		const last = body.items.at(-1);
		if (first === undefined || last === undefined) return;
		const inY = origin.y + body.inY;
		const outY = origin.y + body.outY;
		this.#edge("enter", key, first.key, null, straight({ x: at.x, y: inY }, { x: origin.x, y: inY }));
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

/** What a lane begins with: its width, and how far it reaches above the lane's line. The caption sits right on it. */
function firstSize(sequence: Sequence): { readonly width: number; readonly above: number } {
	const first = sequence.items[0];
	if (first === undefined) return { width: SIZE.emptyLane, above: sequence.inY };
	if (first.type === "split") return { width: headSize(first).width, above: headSize(first).height / 2 };
	return { width: first.width, above: first.inY };
}
