import { describe, expect, it, vi } from "vitest";
import { createNodeStore } from "./node-store.ts";
import { sampleView, viewsOf } from "./testing/sample-view.ts";

describe("createNodeStore", () => {
	it("keeps the object of a view whose content did not change, and calls nobody for it", () => {
		const store = createNodeStore(viewsOf(sampleView({ key: "a" }), sampleView({ key: "b" })));
		const before = store.get("a");
		const onA = vi.fn();
		const onB = vi.fn();
		store.subscribe("a", onA);
		store.subscribe("b", onB);
		store.update(viewsOf(sampleView({ key: "a" }), sampleView({ key: "b", state: "running" })));
		expect(store.get("a")).toBe(before);
		expect(onA).not.toHaveBeenCalled();
		expect(onB).toHaveBeenCalledTimes(1);
		expect(store.get("b")?.state).toBe("running");
	});

	it("compares nested fields by content", () => {
		const branches = { ended: 1, total: 3 };
		const store = createNodeStore(viewsOf(sampleView({ key: "join", branches })));
		const before = store.get("join");
		store.update(viewsOf(sampleView({ key: "join", branches: { ...branches } })));
		expect(store.get("join")).toBe(before);
		store.update(viewsOf(sampleView({ key: "join", branches: { ended: 2, total: 3 } })));
		expect(store.get("join")?.branches?.ended).toBe(2);
	});

	it("answers the same map and stays silent when nothing changed at all", () => {
		const store = createNodeStore(viewsOf(sampleView({ key: "a" })));
		const before = store.views();
		const onAny = vi.fn();
		store.subscribeAll(onAny);
		store.update(viewsOf(sampleView({ key: "a" })));
		expect(store.views()).toBe(before);
		expect(onAny).not.toHaveBeenCalled();
	});

	it("tells of nodes that came and went", () => {
		const store = createNodeStore(viewsOf(sampleView({ key: "a" })));
		const onA = vi.fn();
		const onB = vi.fn();
		store.subscribe("a", onA);
		store.subscribe("b", onB);
		store.update(viewsOf(sampleView({ key: "b" })));
		expect(store.get("a")).toBeUndefined();
		expect(onA).toHaveBeenCalledTimes(1);
		expect(onB).toHaveBeenCalledTimes(1);
	});

	it("calls a listener no more once it has left", () => {
		const store = createNodeStore(viewsOf(sampleView({ key: "a" })));
		const listener = vi.fn();
		store.subscribe("a", listener)();
		store.update(viewsOf(sampleView({ key: "a", state: "running" })));
		expect(listener).not.toHaveBeenCalled();
	});
});
