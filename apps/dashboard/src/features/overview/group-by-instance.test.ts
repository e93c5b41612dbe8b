import type { RetryingNode } from "@waymark/engine/backend";
import { expect, it } from "vitest";
import { groupByInstance } from "./group-by-instance.ts";

function retrying(runId: string, path: string): RetryingNode {
	return { instanceId: `of-${runId}`, runId, workflow: "orders", path, attempt: 2, nextAt: null };
}

it("makes one line of each instance, however many of its nodes are retried, the most urgent one first", () => {
	const nodes = [retrying("b", "x"), retrying("a", "y"), retrying("b", "z"), retrying("b", "w")];
	const lines = groupByInstance(nodes).map((group) => group.map(({ runId, path }) => `${runId} ${path}`));
	expect(lines).toEqual([["b x", "b z", "b w"], ["a y"]]);
});

it("names five instances at most", () => {
	const nodes = ["a", "b", "c", "d", "e", "f"].map((run) => retrying(run, "x"));
	expect(groupByInstance(nodes)).toHaveLength(5);
});
