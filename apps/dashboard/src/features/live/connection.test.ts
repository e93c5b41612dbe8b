import { expect, it } from "vitest";
import { backoffMs, pollMs, silentSince } from "./connection.ts";

it("waits longer after every failure, up to 30 s, and never more than it says", () => {
	expect([1, 2, 3, 4, 5, 9].map((failures) => backoffMs(failures, 0))).toEqual([
		1_000, 2_000, 5_000, 10_000, 30_000, 30_000,
	]);
	expect(backoffMs(1, 0.999)).toBeGreaterThanOrEqual(800);
});

it("asks more often while something runs", () => {
	expect([pollMs(true), pollMs(false)]).toEqual([2_000, 10_000]);
});

it("is silent while nothing answers or the reader wants no news, and not while polling works", () => {
	expect(silentSince({ kind: "live" })).toBeNull();
	expect(silentSince({ kind: "reconnecting", lostAt: 5 })).toBe(5);
	expect(silentSince({ kind: "polling", lastAt: 6, everyMs: 2_000, failing: false, crowded: false })).toBeNull();
	expect(silentSince({ kind: "polling", lastAt: 6, everyMs: 2_000, failing: true, crowded: false })).toBe(6);
	expect(silentSince({ kind: "paused", lastAt: 7 })).toBe(7);
});
