import type { NodeView } from "@waymark/engine/graph";
import { expect, it } from "vitest";
import { firstInteresting, WORKER_SILENT } from "./interesting.ts";
import { withLostNodes } from "./lost-nodes.ts";
import { sampleView, viewsOf } from "./testing/sample-view.ts";

const states = (map: ReadonlyMap<string, NodeView>) =>
	Object.fromEntries([...map].map(([key, { state }]) => [key, state]));

it("no longer calls running what a silent worker held, nor what is around it", () => {
	const before = viewsOf(
		sampleView({ key: "outer", kind: "child", state: "running" }),
		sampleView({ key: "outer/inner", kind: "loop", state: "running" }),
		sampleView({ key: "outer/inner/deepest", state: "running", worker: "gone" }),
		sampleView({ key: "outer/done", state: "completed", worker: "gone" }),
		sampleView({ key: "other", state: "running", worker: "alive" }),
	);
	const after = withLostNodes(before, new Set(["gone"]));
	expect(states(after)).toEqual({
		outer: WORKER_SILENT,
		"outer/inner": WORKER_SILENT,
		"outer/inner/deepest": WORKER_SILENT,
		"outer/done": "completed",
		other: "running",
	});
	expect(firstInteresting(after)).toBe("outer/inner/deepest");
});

it("leaves running what holds another node that does run", () => {
	const after = withLostNodes(
		viewsOf(
			sampleView({ key: "fork", kind: "fork", state: "running" }),
			sampleView({ key: "fork/a/held", state: "running", worker: "gone" }),
			sampleView({ key: "fork/b/held", state: "running", worker: "alive" }),
		),
		new Set(["gone"]),
	);
	expect(states(after)).toEqual({ fork: "running", "fork/a/held": WORKER_SILENT, "fork/b/held": "running" });
});

it("is the same map while every worker is heard of", () => {
	const before = viewsOf(sampleView({ key: "a", state: "running", worker: "alive" }));
	expect(withLostNodes(before, new Set())).toBe(before);
	expect(withLostNodes(before, new Set(["gone"]))).toBe(before);
});
