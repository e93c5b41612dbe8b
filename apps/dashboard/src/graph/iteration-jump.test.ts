import { expect, it } from "vitest";
import { jumpTo } from "./iteration-jump.ts";
import type { IterationState } from "./iteration-states.ts";

const ROWS: readonly IterationState[] = [4, 3, 2, 1, 0].map((iteration) => ({
	iteration,
	state: "completed",
	failures: iteration === 2 ? 1 : 0,
}));

it("goes to the iteration whose number was typed, counted from 0 as in its path", () => {
	expect(jumpTo("1", ROWS, 5)).toEqual({ to: 3 });
	expect(jumpTo(" 4 ", ROWS, 5)).toEqual({ to: 0 });
	expect(jumpTo("0", ROWS, 5)).toEqual({ to: 4 });
	expect(jumpTo("", ROWS, 5)).toBeNull();
});

it("says why a number leads nowhere", () => {
	const failed = ROWS.filter(({ failures }) => failures > 0);
	expect(jumpTo("5", ROWS, 5)).toEqual({ nowhere: "No iteration 5 has begun; the latest is 4." });
	expect(jumpTo("1", failed, 5)).toEqual({ nowhere: "Iteration 1 had no failure." });
	for (const odd of ["-1", "two", "1e3"])
		expect(jumpTo(odd, ROWS, 5)).toEqual({ nowhere: "Iterations are numbered from 0." });
});
