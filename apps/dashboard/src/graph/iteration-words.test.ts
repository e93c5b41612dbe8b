import { expect, it } from "vitest";
import { iterationWords } from "./iteration-words.ts";

it("numbers an iteration as its path does, and says how far the loop is and may go", () => {
	expect(iterationWords({ shown: 173, begun: 174, max: 200 })).toBe("iteration 173 · at most 200");
	expect(iterationWords({ shown: 0, begun: 1, max: 1_000 })).toBe("iteration 0 · at most 1,000");
	expect(iterationWords({ shown: 30, begun: 174, max: 200 })).toBe("iteration 30 · latest 173");
});
