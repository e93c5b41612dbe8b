import { describe, expect, it } from "vitest";
import { SortedRows } from "./sorted-rows.ts";
import { byPriority, type OpenRow } from "./state.ts";

function row(priority: number, dueAt: number, sequence: number): OpenRow {
	return { priority, dueAt, sequence } as OpenRow;
}

describe("SortedRows", () => {
	it("keeps rows in order through any sequence of insertions and removals", () => {
		const rows = Array.from({ length: 200 }, (_, n) => row(1 + ((n * 7) % 5), (n * 37) % 50, n));
		const sorted = new SortedRows(byPriority);
		for (const entry of rows) sorted.insert(entry);
		expect([...sorted]).toEqual([...rows].sort(byPriority));
		const kept = rows.filter((_, n) => n % 3 !== 0);
		for (const entry of rows) if (!kept.includes(entry)) sorted.remove(entry);
		expect([...sorted]).toEqual([...kept].sort(byPriority));
	});

	it("ignores the removal of a row that it does not hold", () => {
		const sorted = new SortedRows(byPriority);
		const held = row(1, 1, 1);
		sorted.insert(held);
		sorted.remove(row(1, 1, 2));
		expect([...sorted]).toEqual([held]);
	});
});
