import { describe, expect, it } from "vitest";
import { blockPaths, nodeAt } from "./block-paths.ts";
import { layoutGraph } from "./layout.ts";
import { SAMPLE } from "./testing/sample-graph.ts";

const { nodes, boxes } = layoutGraph(SAMPLE);

describe("blockPaths", () => {
	it("draws every node once, in the look of its state", () => {
		const paths = blockPaths(nodes, (key) => (key === "first" ? "failed" : "pending"));
		const count = (path: string | undefined) => path?.match(/M/g)?.length ?? 0;
		expect(count(paths.get("failed"))).toBe(1);
		expect(count(paths.get("pending"))).toBe(nodes.length - 1);
	});
});

describe("nodeAt", () => {
	it("finds the innermost thing at a point", () => {
		const check = nodes.find(({ key }) => key === "poll/check");
		const loop = boxes.find(({ key }) => key === "poll");
		expect(nodeAt([...boxes, ...nodes], { x: (check?.x ?? 0) + 5, y: (check?.y ?? 0) + 5 })).toBe("poll/check");
		expect(nodeAt([...boxes, ...nodes], { x: (loop?.x ?? 0) + 5, y: (loop?.y ?? 0) + 5 })).toBe("poll");
		expect(nodeAt([...boxes, ...nodes], { x: -50, y: -50 })).toBeNull();
	});
});
