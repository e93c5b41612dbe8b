import { expect, it } from "vitest";
import { OUTCOMES, pendingWords } from "./bulk-words.ts";

it("calls what an instance took accepted: whether it has happened is said beside it", () => {
	expect(OUTCOMES.done).toBe("Accepted");
});

it("counts those in which the action has not happened yet", () => {
	const states = [{ control: "none" }, { control: "cancelling" }, { control: "cancelling" }] as const;
	expect(pendingWords(states)).toBe("2 still cancelling");
	expect(pendingWords([{ control: "pausing" }, ...states])).toBe("1 still pausing, 2 still cancelling");
	expect(pendingWords([{ control: "none" }])).toBeNull();
	expect(pendingWords([])).toBeNull();
});
