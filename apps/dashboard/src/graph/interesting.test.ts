import { describe, expect, it } from "vitest";
import {
	countStates,
	firstInteresting,
	GOING_ON,
	loudest,
	newestRunning,
	nextInState,
	WORKER_SILENT,
} from "./interesting.ts";
import { sampleView, viewsOf } from "./testing/sample-view.ts";

describe("firstInteresting", () => {
	it("prefers failed to retrying to running to waiting to the last completed to the first node", () => {
		const a = sampleView({ key: "a", state: "completed", finishedAt: 10 });
		const b = sampleView({ key: "b", state: "completed", finishedAt: 20 });
		const waiting = sampleView({ key: "w", kind: "delay", state: "waiting" });
		const running = sampleView({ key: "r", state: "running" });
		const retrying = sampleView({ key: "t", state: "retrying" });
		const failed = sampleView({ key: "f", state: "failed" });
		expect(firstInteresting(viewsOf(a, b, waiting, running, retrying, failed))).toBe("f");
		expect(firstInteresting(viewsOf(a, b, waiting, running, retrying))).toBe("t");
		expect(firstInteresting(viewsOf(a, b, waiting, running))).toBe("r");
		expect(firstInteresting(viewsOf(a, b, waiting))).toBe("w");
		expect(firstInteresting(viewsOf(b, a))).toBe("b");
		expect(firstInteresting(viewsOf(sampleView({ key: "x" }), sampleView({ key: "y" })))).toBe("x");
		expect(firstInteresting(new Map())).toBeNull();
	});

	it("looks past forks, loops and children to what happens in them", () => {
		const loop = sampleView({ key: "poll", kind: "loop", state: "failed" });
		const inner = sampleView({ key: "poll/check", state: "failed" });
		expect(firstInteresting(viewsOf(loop, inner))).toBe("poll/check");
	});
});

describe("loudest", () => {
	it("is the first node that asks for attention, and none where everything is over or has not begun", () => {
		const done = sampleView({ key: "d", state: "completed", finishedAt: 10 });
		const waiting = sampleView({ key: "w", kind: "delay", state: "waiting" });
		const failed = sampleView({ key: "f", state: "failed" });
		expect(loudest(viewsOf(done, waiting, failed))).toBe("f");
		expect(loudest(viewsOf(done, waiting))).toBe("w");
		expect(loudest(viewsOf(done, sampleView({ key: "x" })))).toBeNull();
	});
});

describe("what goes on", () => {
	it("is also what a worker fell silent with: R leads there too", () => {
		const silent = sampleView({ key: "s", state: WORKER_SILENT });
		const running = sampleView({ key: "r", state: "running" });
		expect(nextInState(viewsOf(silent, running), GOING_ON, null)).toBe("s");
		expect(nextInState(viewsOf(silent, running), GOING_ON, "s")).toBe("r");
	});
});

describe("routes", () => {
	it("point to what happens in the chosen case, not to the route around it", () => {
		const route = sampleView({ key: "risk", kind: "route", state: "awaiting_signal", chosen: "review" });
		const wait = sampleView({ key: "risk/review/approval", kind: "signal", state: "awaiting_signal" });
		expect(firstInteresting(viewsOf(route, wait))).toBe("risk/review/approval");
	});

	it("count themselves while their key function runs", () => {
		const route = sampleView({ key: "risk", kind: "route", state: "running" });
		expect(newestRunning(viewsOf(route))).toBe("risk");
	});
});

describe("nextInState", () => {
	const views = viewsOf(
		sampleView({ key: "a", state: "failed" }),
		sampleView({ key: "b" }),
		sampleView({ key: "c", state: "failed" }),
	);

	it("goes on behind the current node and begins again at the end", () => {
		expect(nextInState(views, ["failed"], null)).toBe("a");
		expect(nextInState(views, ["failed"], "a")).toBe("c");
		expect(nextInState(views, ["failed"], "c")).toBe("a");
		expect(nextInState(views, ["running"], "a")).toBeNull();
	});

	it("stays where it is when that is the only one", () => {
		const one = viewsOf(sampleView({ key: "a", state: "failed" }), sampleView({ key: "b" }));
		expect(nextInState(one, ["failed"], "a")).toBe("a");
	});
});

describe("newestRunning", () => {
	it("is the node that began last", () => {
		const early = sampleView({ key: "early", state: "running", startedAt: 1 });
		const late = sampleView({ key: "late", state: "running", startedAt: 2 });
		expect(newestRunning(viewsOf(late, early))).toBe("late");
		expect(newestRunning(viewsOf(sampleView({ key: "a" })))).toBeNull();
	});
});

describe("countStates", () => {
	it("counts what does something, not what only holds it", () => {
		const counts = countStates(
			viewsOf(sampleView({ key: "fork", kind: "fork", state: "running" }), sampleView({ key: "a", state: "running" })),
		);
		expect(counts).toEqual(new Map([["running", 1]]));
	});
});
