import { expect, it } from "vitest";
import { laneStands } from "./lane-states.ts";
import { planViews } from "./plan-views.ts";
import { SAMPLE } from "./testing/sample-graph.ts";
import { sampleView } from "./testing/sample-view.ts";

it("tells how each lane stands by the state in it that asks loudest, and leads to that node", () => {
	const views = new Map(planViews(SAMPLE));
	views.set("fork/pay/charge", sampleView({ key: "fork/pay/charge", state: "completed" }));
	views.set("fork/stock/settle", sampleView({ key: "fork/stock/settle", kind: "delay", state: "waiting" }));
	expect(laneStands(SAMPLE, views, "fork")).toEqual([
		{ name: "pay", state: "completed", key: "fork/pay/charge" },
		{ name: "stock", state: "waiting", key: "fork/stock/settle" },
	]);
	expect(laneStands(SAMPLE, views, "route")).toEqual([
		{ name: "yes", state: "pending", key: "route/yes/agree" },
		{ name: "no", state: "skipped", key: null },
	]);
});
