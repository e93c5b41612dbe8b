import { walkGraph } from "@waymark/engine/graph";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cardKey, type Move, moveFocus } from "./navigation.ts";
import { arbitraryGraph } from "./testing/arbitrary-graph.ts";
import { SAMPLE } from "./testing/sample-graph.ts";

describe("moveFocus", () => {
	it("walks forwards along the lines, into what a node holds", () => {
		const visited = ["first"];
		for (let key = "first"; key !== moveFocus(SAMPLE, key, "next"); ) {
			key = moveFocus(SAMPLE, key, "next");
			visited.push(key);
		}
		expect(visited).toEqual([
			...["first", "fork", "fork/pay/charge", "join", "route", "route/yes/agree"],
			...["poll", "poll/check", "poll/decide", "sub", "sub/last"],
		]);
	});

	it("changes the lane up and down, at the same place or the last one before it", () => {
		expect(moveFocus(SAMPLE, "fork/pay/charge", "down")).toBe("fork/stock/pick");
		expect(moveFocus(SAMPLE, "fork/stock/settle", "up")).toBe("fork/pay/charge");
		expect(moveFocus(SAMPLE, "fork/pay/charge", "up")).toBe("fork/pay/charge");
	});

	it("goes back from the first node of a lane to what opened it", () => {
		expect(moveFocus(SAMPLE, "fork/stock/pick", "previous")).toBe("fork");
		expect(moveFocus(SAMPLE, "poll/check", "previous")).toBe("poll");
		expect(moveFocus(SAMPLE, "first", "previous")).toBe("first");
		expect(moveFocus(SAMPLE, "route", "previous")).toBe("join");
	});

	it("jumps to both ends", () => {
		expect(moveFocus(SAMPLE, "poll/check", "first")).toBe("first");
		expect(moveFocus(SAMPLE, "first", "last")).toBe("sub");
		expect(moveFocus(SAMPLE, "gone", "next")).toBe("first");
	});

	it("never leaves the plan, wherever it starts", () => {
		fc.assert(
			fc.property(arbitraryGraph, (graph) => {
				const keys = new Set(Array.from(walkGraph(graph), ({ key }) => key));
				const lost: string[] = [];
				for (const key of keys) {
					for (const move of ["next", "previous", "up", "down", "first", "last"] satisfies Move[]) {
						if (!keys.has(moveFocus(graph, key, move))) lost.push(`${move} from ${key}`);
					}
				}
				expect(lost).toEqual([]);
			}),
			{ numRuns: 50 },
		);
	});
});

describe("cardKey", () => {
	it("shows the key function of a route as the route, and nothing for an unknown path", () => {
		expect(cardKey(SAMPLE, "route.key")).toBe("route");
		expect(cardKey(SAMPLE, "poll/check")).toBe("poll/check");
		expect(cardKey(SAMPLE, "nowhere")).toBeNull();
	});
});
