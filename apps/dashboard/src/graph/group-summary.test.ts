import type { NodeState } from "@waymark/engine/graph";
import { expect, it } from "vitest";
import { summarise } from "./group-summary.ts";
import { sampleView, viewsOf } from "./testing/sample-view.ts";

const views = viewsOf(
	sampleView({ key: "f/a/x", state: "completed" }),
	sampleView({ key: "f/a/y", state: "completed" }),
	sampleView({ key: "f/b/l", kind: "loop", state: "failed" }),
	sampleView({ key: "f/b/x", state: "retrying" }),
	sampleView({ key: "other", state: "running" }),
);

it("counts what a card stands for by state, loudest first, without what only holds others", () => {
	const hiddenBy = new Map(["f/a/x", "f/a/y", "f/b/l", "f/b/x"].map((key) => [key, "f:"]));
	expect(summarise(hiddenBy, views).get("f:")).toEqual({
		key: "f:",
		state: "retrying",
		total: 3,
		counts: [
			{ state: "retrying", count: 1 },
			{ state: "completed", count: 2 },
		],
	});
});

it("takes a group of which some is done and some is still to come as one to come", () => {
	const half = viewsOf(sampleView({ key: "a", state: "completed" }), sampleView({ key: "b", state: "pending" }));
	expect(
		summarise(
			new Map([
				["a", "g"],
				["b", "g"],
			]),
			half,
		).get("g")?.state,
	).toBe("pending");
});

it("counts states of a newer engine too, and takes them for more than what is done and less than what needs somebody", () => {
	const foreign = "on_hold" as NodeState;
	const hiddenBy = new Map(["a", "b", "c"].map((key) => [key, "g"]));
	const views = (third: NodeState) =>
		viewsOf(
			sampleView({ key: "a", state: "completed" }),
			sampleView({ key: "b", state: foreign }),
			sampleView({ key: "c", state: third }),
		);
	expect(summarise(hiddenBy, views("pending")).get("g")).toMatchObject({ state: foreign, total: 3 });
	expect(summarise(hiddenBy, views("running")).get("g")?.state).toBe("running");
});
