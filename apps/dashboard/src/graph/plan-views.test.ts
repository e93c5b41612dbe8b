import { walkGraph } from "@waymark/engine/graph";
import { describe, expect, it } from "vitest";
import { planViews, planWords } from "./plan-views.ts";
import { POLICY } from "./testing/arbitrary-graph.ts";
import { SAMPLE } from "./testing/sample-graph.ts";

describe("planViews", () => {
	it("has a view for every node and join, all of them still to come", () => {
		const keys = Array.from(walkGraph(SAMPLE)).filter(({ role }) => role !== "key");
		expect([...planViews(SAMPLE).keys()]).toEqual(keys.map(({ key }) => key));
		expect(new Set([...planViews(SAMPLE).values()].map(({ state }) => state))).toEqual(new Set(["pending"]));
	});
});

describe("planWords", () => {
	it("says in a few words what the definition knows of each kind of node", () => {
		const words = ["first", "fork", "fork/stock/settle", "join", "route", "route/yes/agree", "poll", "sub"];
		expect(words.map((key) => planWords(SAMPLE, key))).toEqual([
			"one attempt, no timeout",
			"2 branches",
			"waits 1.00 s",
			"one attempt, no timeout",
			"2 cases",
			"waits for ok",
			"up to 5 iterations",
			"inner",
		]);
	});

	it("tells of attempts and of the time each may take", () => {
		const retry = { maxAttempts: 5, initialDelayMs: 1, multiplier: 2, maxDelayMs: null, jitter: false };
		const scope = [{ kind: "task" as const, id: "t", policy: { ...POLICY, retry, timeoutMs: 30_000 } }];
		expect(planWords({ ...SAMPLE, scope }, "t")).toBe("up to 5 attempts, 30.0 s each");
	});
});
