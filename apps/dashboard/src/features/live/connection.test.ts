import { expect, it } from "vitest";
import { backoffMs } from "./connection.ts";

it("waits longer after every failure, up to 30 s, and never more than it says", () => {
	expect([1, 2, 3, 4, 5, 9].map((failures) => backoffMs(failures, 0))).toEqual([
		1_000, 2_000, 5_000, 10_000, 30_000, 30_000,
	]);
	expect(backoffMs(1, 0.999)).toBeGreaterThanOrEqual(800);
});
