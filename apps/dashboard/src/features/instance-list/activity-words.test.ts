import { expect, it } from "vitest";
import { nowWords, shownStatus } from "./activity-words.ts";

const activity = (state: Parameters<typeof nowWords>[0][number]["state"], details = {}) => ({
	state,
	nodes: 1,
	path: `at-${state}`,
	attempt: 1,
	nextAt: null,
	signal: null,
	...details,
});

it("calls an instance in backoff retrying, not waiting", () => {
	expect(shownStatus("waiting", [activity("retrying")], null).word).toBe("Retrying");
	expect(shownStatus("waiting", [activity("waiting")], null).word).toBe("Waiting");
	// Something else runs there: that is what it does.
	expect(shownStatus("in_progress", [activity("retrying"), activity("running")], null).word).toBe("Running");
	expect(shownStatus("paused", [activity("retrying")], null).word).toBe("Paused");
});

it("tells the attempt that comes next and when", () => {
	expect(nowWords([activity("waiting"), activity("retrying", { attempt: 3, nextAt: 99, nodes: 2 })], null)).toEqual({
		path: "at-retrying",
		words: "attempt 3",
		nextAt: 99,
		more: 2,
	});
});

it("tells which signal is awaited, and nothing of an instance that has ended", () => {
	expect(nowWords([activity("awaiting_signal", { signal: "go" })], null)?.words).toBe("awaits go");
	expect(nowWords([], null)).toBeNull();
	expect(nowWords([activity("failed")], null)).toBeNull();
});

it("does not call running what only silent workers hold", () => {
	const lost = { path: "at-running", nodes: 2 };
	expect(shownStatus("in_progress", [activity("running", { nodes: 2 })], lost).word).toBe("Worker silent");
	expect(shownStatus("in_progress", [activity("running", { nodes: 3 })], lost).word).toBe("Running");
	expect(shownStatus("paused", [activity("running", { nodes: 2 })], lost).word).toBe("Paused");
	expect(nowWords([activity("ready"), activity("running", { nodes: 2 }), activity("joining")], lost)).toEqual({
		path: "at-running",
		words: "lost its worker",
		nextAt: null,
		more: 2,
	});
});
