import { walkGraph } from "@waymark/engine/graph";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { outlineRows, rowsAround, visibleRows } from "./outline-rows.ts";
import { arbitraryGraph } from "./testing/arbitrary-graph.ts";
import { SAMPLE } from "./testing/sample-graph.ts";
import { typeAhead } from "./type-ahead.ts";

describe("outlineRows", () => {
	it("lists every node in the order of the walk; a route's key function is the route", () => {
		fc.assert(
			fc.property(arbitraryGraph, (graph) => {
				const keys = outlineRows(graph).flatMap(({ key }) => (key === null ? [] : [key]));
				const walked = Array.from(walkGraph(graph)).filter(({ role }) => role !== "key");
				expect(keys).toEqual(walked.map(({ key }) => key));
			}),
			{ numRuns: 50 },
		);
	});

	it("numbers siblings 1 to n and sets levels one below the parent", () => {
		fc.assert(
			fc.property(arbitraryGraph, (graph) => {
				const rows = outlineRows(graph);
				const byId = new Map(rows.map((row) => [row.id, row]));
				expect(byId.size).toBe(rows.length);
				const seen = new Map<string | null, number>();
				for (const row of rows) {
					const position = (seen.get(row.parent) ?? 0) + 1;
					seen.set(row.parent, position);
					const above = row.parent === null ? 0 : byId.get(row.parent)?.level;
					expect([row.position, row.level]).toEqual([position, (above ?? Number.NaN) + 1]);
				}
				for (const row of rows) expect(row.siblings).toBe(seen.get(row.parent));
			}),
			{ numRuns: 50 },
		);
	});

	it("hides what is inside a collapsed row, to any depth, and nothing else", () => {
		const names = (collapsed: readonly string[]) =>
			visibleRows(outlineRows(SAMPLE), new Set(collapsed)).map(({ name }) => name);
		expect(names(["fork", "route", "poll", "sub"])).toEqual(["first", "fork", "join", "route", "poll", "sub"]);
		expect(names(["fork:stock"])).not.toContain("pick");
		expect(names(["fork:stock"])).toContain("charge");
		expect(names([])).toHaveLength(outlineRows(SAMPLE).length);
	});
});

describe("rowsAround", () => {
	it("names all that a row lies in, so that opening them shows it", () => {
		fc.assert(
			fc.property(arbitraryGraph, (graph) => {
				const rows = outlineRows(graph);
				for (const { id } of rows) {
					const around = new Set(rowsAround(rows, id));
					const others = new Set(rows.map((row) => row.id).filter((other) => !around.has(other) && other !== id));
					expect(visibleRows(rows, others).map((row) => row.id)).toContain(id);
					expect([...around].every((one) => !visibleRows(rows, new Set([one])).some((row) => row.id === id))).toBe(
						true,
					);
				}
			}),
			{ numRuns: 30 },
		);
	});
});

describe("typeAhead", () => {
	const names = ["charge", "check", "settle"];

	it("walks on with one letter and narrows down with more", () => {
		expect(typeAhead(names, "c", 0)).toBe(1);
		expect(typeAhead(names, "c", 1)).toBe(0);
		expect(typeAhead(names, "cha", 0)).toBe(0);
		expect(typeAhead(names, "che", 0)).toBe(1);
		expect(typeAhead(names, "x", 0)).toBeNull();
	});
});
