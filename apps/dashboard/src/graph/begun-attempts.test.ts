import { expect, it } from "vitest";
import { begunAttempts } from "./begun-attempts.ts";

it("counts the attempt that runs, and not the one that is still to come", () => {
	expect(begunAttempts({ state: "running", attempt: 3 })).toBe(3);
	expect(begunAttempts({ state: "retrying", attempt: 3 })).toBe(2);
	expect(begunAttempts({ state: "failed", attempt: 5 })).toBe(5);
	expect(begunAttempts({ state: "pending", attempt: 0 })).toBe(0);
});
