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
	expect(shownStatus("waiting", [activity("retrying")]).word).toBe("Retrying");
	expect(shownStatus("waiting", [activity("waiting")]).word).toBe("Waiting");
	// Something else runs there: that is what it does.
	expect(shownStatus("in_progress", [activity("retrying"), activity("running")]).word).toBe("Running");
	expect(shownStatus("paused", [activity("retrying")]).word).toBe("Paused");
});

it("tells the attempt that comes next and when", () => {
	expect(nowWords([activity("waiting"), activity("retrying", { attempt: 3, nextAt: 99, nodes: 2 })])).toEqual({
		path: "at-retrying",
		words: "attempt 3",
		nextAt: 99,
		more: 2,
	});
});

it("tells which signal is awaited, and nothing of an instance that has ended", () => {
	expect(nowWords([activity("awaiting_signal", { signal: "go" })])?.words).toBe("awaits go");
	expect(nowWords([])).toBeNull();
	expect(nowWords([activity("failed")])).toBeNull();
});
