import { describe, expect, it } from "vitest";
import { searchNodes } from "./search-nodes.ts";
import { sampleView, viewsOf } from "./testing/sample-view.ts";

const views = viewsOf(
	sampleView({ key: "charge_card", state: "failed" }),
	sampleView({ key: "ship/dhl/charge", state: "completed" }),
	sampleView({ key: "ship", kind: "fork", state: "running" }),
	sampleView({ key: "wait", kind: "delay", state: "waiting" }),
);
const search = (query: string) => searchNodes(views, query, (kind) => kind);

describe("searchNodes", () => {
	it("finds by a part of the name, in the order of the plan, whatever the case", () => {
		expect(search("CHARGE")).toEqual(["charge_card", "ship/dhl/charge"]);
	});

	it("does not find by what stands around a node", () => {
		expect(search("dhl")).toEqual([]);
	});

	it("finds by the beginning of a kind or a state, and wants every word to fit", () => {
		expect(search("fork")).toEqual(["ship"]);
		expect(search("fail")).toEqual(["charge_card"]);
		expect(search("charge compl")).toEqual(["ship/dhl/charge"]);
	});

	it("finds nothing for nothing", () => {
		expect(search("  ")).toEqual([]);
	});
});
