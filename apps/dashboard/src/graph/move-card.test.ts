import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Folding, fold } from "./folding.ts";
import { groupIndex } from "./groups.ts";
import { layoutGraph } from "./layout.ts";
import { type Cards, moveCard } from "./move-card.ts";
import type { Move } from "./navigation.ts";
import { planViews } from "./plan-views.ts";
import { arbitraryGraph, graphOf, POLICY } from "./testing/arbitrary-graph.ts";

function cardsOf(
	graph: Parameters<typeof planViews>[0],
	closed: readonly string[],
): Cards & { readonly drawn: string[] } {
	const choices = new Map(closed.map((id) => [id, false]));
	const folding: Folding = fold({ graph, views: planViews(graph), choices, keep: [] }, null);
	const { nodes, groups, boxes } = layoutGraph(graph, folding);
	const drawn = [...nodes, ...groups, ...boxes].map(({ key }) => key);
	return { graph, folding, groups: new Map(groups.map((group) => [group.key, group])), drawn };
}

const task = (id: string) => ({ kind: "task", id, policy: POLICY }) as const;
const wide = graphOf([
	task("first"),
	{
		kind: "fork",
		id: "all",
		branches: Array.from({ length: 12 }, (_, at) => ({ name: `b${at}`, scope: [task("a"), task("z")] })),
		settle: "all",
		join: { id: "join", policy: POLICY },
	},
	task("last"),
]);

describe("moveCard", () => {
	it("takes what is folded away as one step", () => {
		const cards = cardsOf(wide, ["all"]);
		const walk = ["first"];
		for (let at = "first"; at !== "last"; ) {
			at = moveCard(cards, at, "next");
			walk.push(at);
		}
		expect(walk).toEqual(["first", "all", "all:", "join", "last"]);
		expect(moveCard(cards, "join", "previous")).toBe("all:");
	});

	it("goes down from the last lane that is drawn to the stack, and up again", () => {
		const cards = cardsOf(wide, []);
		expect(moveCard(cards, "all/b0/z", "down")).toBe("all/b1/z");
		expect(moveCard(cards, "all/b3/z", "down")).toBe("all:");
		expect(moveCard(cards, "all:", "up")).toBe("all/b3/a");
		expect(moveCard(cards, "all:", "next")).toBe("join");
		expect(moveCard(cards, "all:", "previous")).toBe("all");
	});

	it("always ends on something that is drawn", () => {
		const moves: readonly Move[] = ["next", "previous", "up", "down", "first", "last"];
		fc.assert(
			fc.property(arbitraryGraph, fc.array(fc.nat(), { maxLength: 4 }), fc.nat(), (graph, picks, start) => {
				const groups = [...groupIndex(graph).groups.keys()];
				const cards = cardsOf(
					graph,
					groups.length === 0 ? [] : picks.map((at) => groups[at % groups.length] as string),
				);
				const from = cards.drawn[start % cards.drawn.length] as string;
				for (const move of moves) expect(cards.drawn).toContain(moveCard(cards, from, move));
			}),
		);
	});
});
