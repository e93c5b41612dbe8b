import { describe, expect, it } from "vitest";
import { systemClock, systemIds } from "./system.ts";

describe("systemIds", () => {
	it("makes ids whose text order is the order of their making, also within one millisecond", () => {
		const ids = Array.from({ length: 20_000 }, () => systemIds.next());
		expect([...ids].sort()).toEqual(ids);
		expect(new Set(ids).size).toBe(ids.length);
	});

	it("makes lower-case UUIDs of version 7 that carry the time", () => {
		const before = systemClock.now();
		const id = systemIds.next();
		expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
		const ms = Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);
		// Ids borrow from the next ms when more than 4,096 were made in one.
		expect(Math.abs(ms - before)).toBeLessThan(1_000);
	});
});

describe("systemClock", () => {
	it("has a monotonic clock that never goes back", () => {
		const readings = Array.from({ length: 1_000 }, () => systemClock.monotonic());
		expect([...readings].sort((a, b) => a - b)).toEqual(readings);
	});
});
