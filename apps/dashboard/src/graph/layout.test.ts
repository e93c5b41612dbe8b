import { type Scope, type WorkflowGraph, walkGraph } from "@waymark/engine/graph";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fold, NOTHING_FOLDED } from "./folding.ts";
import { type PlanGeometry, type Point, type Rect, SIZE } from "./geometry.ts";
import { groupIndex } from "./groups.ts";
import { layoutGraph } from "./layout.ts";
import { planViews } from "./plan-views.ts";
import { arbitraryGraph, graphOf, POLICY } from "./testing/arbitrary-graph.ts";

/** A plan, some of its groups closed, and the way it runs. */
const drawn = fc
	.record({
		graph: arbitraryGraph,
		picks: fc.array(fc.nat(), { maxLength: 4 }),
		direction: fc.constantFrom("right" as const, "down" as const),
	})
	.map(({ graph, picks, direction }) => {
		const groups = [...groupIndex(graph).groups.keys()];
		const choices = new Map(
			groups.length === 0 ? [] : picks.map((at) => [groups[at % groups.length] as string, false]),
		);
		const folding = fold({ graph, views: planViews(graph), choices, keep: [] }, null);
		return layoutGraph(graph, folding, direction);
	});

function chain(length: number): WorkflowGraph {
	return graphOf(Array.from({ length }, (_, at) => ({ kind: "task", id: `t${at}`, policy: POLICY }) as const));
}

function overlap(a: Rect, b: Rect): boolean {
	return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function contains(outer: Rect, inner: Rect): boolean {
	return (
		inner.x >= outer.x &&
		inner.y >= outer.y &&
		inner.x + inner.width <= outer.x + outer.width &&
		inner.y + inner.height <= outer.y + outer.height
	);
}

function parentBox(geometry: PlanGeometry, key: string) {
	const around = geometry.boxes.filter((box) => key.startsWith(`${box.key}/`));
	return around.sort((a, b) => b.key.length - a.key.length)[0];
}

/** In a plan that runs down a line enters a box below its header. */
function onBorder(rect: Rect, point: Point): boolean {
	const isBeside = point.x === rect.x || point.x === rect.x + rect.width;
	const isAbove = point.y === rect.y || point.y === rect.y + rect.height || point.y === rect.y + SIZE.boxHeader;
	const isWithin = (at: number, from: number, size: number) => at >= from && at <= from + size;
	return (isBeside && isWithin(point.y, rect.y, rect.height)) || (isAbove && isWithin(point.x, rect.x, rect.width));
}

describe("layoutGraph", () => {
	it("gives every entry of the walk a place; the key function of a route shares the card of its route", () => {
		fc.assert(
			fc.property(arbitraryGraph, (graph) => {
				const { nodes, boxes } = layoutGraph(graph);
				const placed = [...nodes, ...boxes].map(({ key }) => key).sort();
				const walked = Array.from(walkGraph(graph)).filter(({ role }) => role !== "key");
				expect(placed).toEqual(walked.map(({ key }) => key).sort());
			}),
		);
	});

	it("never lets two nodes, marks or captions overlap", () => {
		fc.assert(
			fc.property(drawn, ({ nodes, groups, marks, captions }) => {
				const rects: Rect[] = [...nodes, ...groups, ...marks, ...captions].sort((a, b) => a.x - b.x);
				const overlapping: (readonly [Rect, Rect])[] = [];
				rects.forEach((rect, at) => {
					for (let next = at + 1; next < rects.length; next++) {
						const other = rects[next];
						if (other === undefined || other.x >= rect.x + rect.width) break;
						if (overlap(rect, other)) overlapping.push([rect, other]);
					}
				});
				expect(overlapping).toEqual([]);
			}),
		);
	});

	it("keeps what is inside a loop or child inside its box, below the header, and everything else outside", () => {
		fc.assert(
			fc.property(drawn, (geometry) => {
				const misplaced: string[] = [];
				for (const thing of [...geometry.nodes, ...geometry.groups, ...geometry.boxes]) {
					const box = parentBox(geometry, thing.key);
					if (box !== undefined && !contains({ ...box, y: box.y + 36, height: box.height - 36 }, thing))
						misplaced.push(thing.key);
					for (const other of geometry.boxes) {
						const inside = thing.key === other.key || thing.key.startsWith(`${other.key}/`);
						const around = other.key.startsWith(`${thing.key}/`);
						if (!inside && !around && overlap(thing, other)) misplaced.push(thing.key);
					}
				}
				expect(misplaced).toEqual([]);
			}),
		);
	});

	it("keeps nodes and lines within the bounds", () => {
		fc.assert(
			fc.property(drawn, ({ nodes, groups, boxes, marks, edges, bounds }) => {
				for (const thing of [...nodes, ...groups, ...boxes, ...marks]) expect(contains(bounds, thing)).toBe(true);
				for (const { points } of edges) {
					for (const { x, y } of points) expect(contains(bounds, { x, y, width: 0, height: 0 })).toBe(true);
				}
			}),
		);
	});

	it("draws orthogonal lines that begin and end at the borders of what they join", () => {
		fc.assert(
			fc.property(drawn, ({ nodes, groups, boxes, marks, edges }) => {
				const rects = [...nodes, ...groups, ...boxes, ...marks];
				for (const { points } of edges) {
					points.forEach((point, at) => {
						const before = points[at - 1];
						if (before !== undefined) expect(before.x === point.x || before.y === point.y).toBe(true);
					});
					for (const end of [points[0], points.at(-1)]) {
						expect(end !== undefined && rects.some((rect) => onBorder(rect, end))).toBe(true);
					}
				}
			}),
			{ numRuns: 40 },
		);
	});

	it("gives all lines of one fork the same trunk", () => {
		const branches = ["a", "b", "c", "d"].map((name) => ({ name, scope: [task(name)] }));
		const fork = { kind: "fork", id: "all", branches, settle: "first-failure", join: { id: "join", policy: POLICY } };
		const { edges } = layoutGraph(graphOf([fork] as Scope));
		for (const role of ["open", "close"]) {
			const bends = edges.filter((edge) => edge.role === role).map(({ points }) => points[1]?.x);
			expect(bends).toHaveLength(4);
			expect(new Set(bends).size).toBe(1);
		}
	});

	it("centres a fork and its join on the lines of its first and last branch", () => {
		const branches = ["a", "b", "c"].map((name) => ({ name, scope: [task(name)] }));
		const fork = { kind: "fork", id: "all", branches, settle: "all", join: { id: "join", policy: POLICY } };
		const { nodes } = layoutGraph(graphOf([fork] as Scope));
		const middle = (key: string) => {
			const node = nodes.find((one) => one.key === key);
			return node === undefined ? Number.NaN : node.y + node.height / 2;
		};
		expect(middle("all")).toBe((middle("all/a/a") + middle("all/c/c")) / 2);
		expect(middle("join")).toBe(middle("all"));
	});

	it("is the same for equal graphs, and the same object for the same graph", () => {
		fc.assert(
			fc.property(arbitraryGraph, (graph) => {
				const copy: WorkflowGraph = structuredClone(graph);
				expect(layoutGraph(copy)).toEqual(layoutGraph(graph));
				expect(layoutGraph(graph)).toBe(layoutGraph(graph));
			}),
			{ numRuns: 30 },
		);
	});

	it("lays out a chain of 10,000 in rows, with work that grows linearly", () => {
		const small = layoutGraph(chain(1_000));
		const large = layoutGraph(chain(10_000));
		expect(large.nodes).toHaveLength(10_000);
		expect(large.operations).toBeLessThanOrEqual(10 * small.operations + 100);
		expect(large.bounds.width / large.bounds.height).toBeGreaterThan(1);
		expect(large.bounds.width / large.bounds.height).toBeLessThan(3);
	});

	it("folds a few very long items into rows, too, and leaves what is as short as 40 cards in one", () => {
		const branches = (length: number) => ["a", "b"].map((name) => ({ name, scope: chain(length).scope }));
		const stage = (id: string, length: number) =>
			({
				kind: "fork",
				id,
				branches: branches(length),
				settle: "all",
				join: { id: `${id}j`, policy: POLICY },
			}) as const;
		const rows = (length: number) =>
			new Set(
				layoutGraph(graphOf([1, 2, 3, 4].map((at) => stage(`s${at}`, length))))
					.nodes.filter(({ kind }) => kind === "join")
					.map(({ y }) => y),
			).size;
		expect(rows(3)).toBe(1);
		expect(rows(30)).toBeGreaterThan(1);
	});

	it("is the same plan turned when it runs down: what came after stands below", () => {
		const { nodes, bounds } = layoutGraph(chain(5), NOTHING_FOLDED, "down");
		expect(new Set(nodes.map(({ x }) => x)).size).toBe(1);
		expect(nodes.map(({ y }) => y)).toEqual(nodes.map(({ y }) => y).toSorted((a, b) => a - b));
		expect(nodes[0]).toMatchObject(SIZE.card);
		expect(bounds.height).toBeGreaterThan(bounds.width);
	});

	it("survives 5,000 boxes inside each other", () => {
		let scope: Scope = [task("core")];
		for (let depth = 0; depth < 5_000; depth++) {
			scope = [{ kind: "child", id: "c", workflow: "w", scope }];
		}
		expect(layoutGraph(graphOf(scope)).boxes).toHaveLength(5_000);
	});

	it("leaves a sequence of 40 in one row and folds one of 41", () => {
		const rows = (length: number) => new Set(layoutGraph(chain(length)).nodes.map(({ y }) => y)).size;
		expect(rows(40)).toBe(1);
		expect(rows(41)).toBeGreaterThan(1);
	});
});

function task(id: string) {
	return { kind: "task", id, policy: POLICY } as const;
}
