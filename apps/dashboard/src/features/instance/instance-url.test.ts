import { expect, it } from "vitest";
import { instanceQuery, nodeInUrl } from "./instance-url.ts";

it("shows a node of a loop in the iteration that its path says, whichever was looked at before", () => {
	expect(nodeInUrl("pages[153]/fetch", { iter: ["pages:3"] })).toEqual({ node: "pages/fetch", iter: ["pages:153"] });
});

it("leaves the iterations of other loops as they were chosen", () => {
	expect(nodeInUrl("pages[1]/fetch", { iter: ["poll:4", "pages:3"] })).toEqual({
		node: "pages/fetch",
		iter: ["poll:4", "pages:1"],
	});
	expect(nodeInUrl("load", { iter: ["poll:4"] })).toEqual({ node: "load", iter: ["poll:4"] });
	expect(nodeInUrl("load", { iter: null })).toEqual({ node: "load", iter: null });
});

it("can be linked", () => {
	const url = { view: "graph", tab: "attempts", attempt: 2, ...nodeInUrl("pages[1]/fetch", { iter: null }) } as const;
	expect(new URLSearchParams(instanceQuery(url)).get("iter")).toBe("pages:1");
	expect(new URLSearchParams(instanceQuery(url)).get("node")).toBe("pages/fetch");
});
