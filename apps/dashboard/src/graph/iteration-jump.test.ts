import { expect, it } from "vitest";
import { jumpTo } from "./iteration-jump.ts";
import type { IterationState } from "./iteration-states.ts";

const ROWS: readonly IterationState[] = [4, 3, 2, 1, 0].map((iteration) => ({
	iteration,
	state: "completed",
	failures: iteration === 2 ? 1 : 0,
}));

it("goes to the iteration whose number was typed, counted from 1 as on the page", () => {
	expect(jumpTo("2", ROWS, 5)).toEqual({ to: 3 });
	expect(jumpTo(" 5 ", ROWS, 5)).toEqual({ to: 0 });
	expect(jumpTo("", ROWS, 5)).toBeNull();
});

it("says why a number leads nowhere", () => {
	const failed = ROWS.filter(({ failures }) => failures > 0);
	expect(jumpTo("6", ROWS, 5)).toEqual({ nowhere: "No iteration 6 has begun; the latest is 5." });
	expect(jumpTo("2", failed, 5)).toEqual({ nowhere: "Iteration 2 had no failure." });
	for (const odd of ["0", "-1", "two", "1e3"])
		expect(jumpTo(odd, ROWS, 5)).toEqual({ nowhere: "Iterations are numbered from 1." });
});
