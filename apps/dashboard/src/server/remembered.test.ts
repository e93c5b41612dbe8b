import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { remembered } from "./remembered.ts";

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

it("reads once for all who ask within the time, and again after it", async () => {
	let reads = 0;
	const read = remembered(1_000, async () => {
		reads += 1;
		return reads;
	});
	expect(await Promise.all([read(), read()])).toEqual([1, 1]);
	vi.advanceTimersByTime(999);
	expect(await read()).toBe(1);
	vi.advanceTimersByTime(1);
	expect(await read()).toBe(2);
});

it("forgets a failure at once", async () => {
	let fails = true;
	const read = remembered(1_000, async () => {
		if (fails) throw new Error("away");
		return "here";
	});
	await expect(read()).rejects.toThrow("away");
	fails = false;
	expect(await read()).toBe("here");
});
