import { expect, it } from "vitest";
import { sampleView } from "../../graph/testing/sample-view.ts";
import { describeGraph, describeNode } from "./describe.ts";
import { lookWord, nodeEntry } from "./node-entry.ts";

it("calls what is pending not reached once the instance has ended, and nothing else", () => {
	expect(nodeEntry({ state: "pending" }, false).word).toBe("Pending");
	expect(nodeEntry({ state: "pending" }, true)).toEqual({ look: "pending", word: "Not reached" });
	expect(nodeEntry({ state: "completed" }, true).word).toBe("Completed");
	expect(nodeEntry({ state: "cancelled" }, true).word).toBe("Cancelled");
});

it("says so to a screen reader and in the choice of states as well", () => {
	const view = sampleView({ key: "ship", state: "pending" });
	expect(describeNode(view, false)).toBe("ship, task, pending");
	expect(describeNode(view, true)).toBe("ship, task, not reached");
	expect(describeGraph(new Map([["ship", view]]), true)).toBe("Continuation graph, 1 node: 1 not reached");
	expect([lookWord("pending", false), lookWord("pending", true)]).toEqual(["Pending", "Not reached"]);
	expect(lookWord("failed", true)).toBe("Failed");
});
