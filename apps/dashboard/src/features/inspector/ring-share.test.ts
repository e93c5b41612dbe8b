import { expect, it } from "vitest";
import { ringShare } from "./ring-share.ts";

it("goes from whole to nothing, and no further at either end", () => {
	expect([0, 10, 15, 20, 99].map((now) => ringShare(10, 20, now))).toEqual([1, 1, 0.5, 0, 0]);
});

it("is whole until the moment of a wait without a length, and nothing after", () => {
	expect([4, 5].map((now) => ringShare(5, 5, now))).toEqual([1, 0]);
});
