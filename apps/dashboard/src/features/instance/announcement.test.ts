import { expect, it } from "vitest";
import { type Heard, whatChanged } from "./announcement.ts";

const BEFORE: Heard = { status: "in_progress", control: "none", done: 2, failures: 0, lastFailure: null };

it("tells in one breath what was completed, what failed and what the instance is now", () => {
	const now: Heard = { ...BEFORE, status: "failed", done: 5, failures: 1, lastFailure: "ship" };
	expect(whatChanged(BEFORE, now)).toBe("3 nodes completed. An attempt of ship failed. Now failed.");
});

it("leaves progress out for those who want to hear of status and failures alone, and is silent for the others", () => {
	const now: Heard = { ...BEFORE, status: "failed", done: 5, failures: 1, lastFailure: "ship" };
	expect(whatChanged(BEFORE, now, "important")).toBe("An attempt of ship failed. Now failed.");
	expect(whatChanged(BEFORE, { ...BEFORE, done: 3 }, "important")).toBeNull();
	expect(whatChanged(BEFORE, now, "none")).toBeNull();
});

it("says nothing where nothing happened, and counts what would take too long to tell", () => {
	expect(whatChanged(BEFORE, BEFORE)).toBeNull();
	expect(whatChanged(BEFORE, { ...BEFORE, failures: 4, control: "cancelling" })).toBe("4 attempts failed. Cancelling.");
});
