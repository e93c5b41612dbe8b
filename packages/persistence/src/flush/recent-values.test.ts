import { describe, expect, it } from "vitest";
import { RecentValues } from "./recent-values.ts";

const value = (size: number) => ({ codec: "json", bytes: new Uint8Array(size) });
const step = (path: string, size = 100) => ({ path, output: path, value: value(size) });

describe("recent values", () => {
	it("hold what was recorded, until the run is forgotten", () => {
		const recent = new RecentValues();
		recent.add("r", [step("a"), { path: "b", output: "a", value: null }]);
		expect(recent.get("r", "a")).toEqual({ output: "a", value: value(100) });
		expect(recent.get("r", "b")).toEqual({ output: "a", value: null });
		expect([recent.get("r", "c"), recent.get("s", "a")]).toEqual([undefined, undefined]);
		recent.forget("r");
		expect(recent.get("r", "a")).toBeUndefined();
	});

	it("forget the runs that recorded longest ago when they grow too large", () => {
		const recent = new RecentValues(10_000);
		recent.add("old", [step("a", 3_000)]);
		recent.add("used", [step("a", 3_000)]);
		recent.add("old", [step("b", 100)]);
		recent.add("new", [step("a", 3_500)]);
		expect([recent.get("used", "a"), recent.get("old", "a")]).toEqual([undefined, step("a", 3_000)].map(strip));
		recent.forget("old");
		recent.forget("new");
		recent.add("again", [step("a", 9_000)]);
		expect(recent.get("again", "a")).toBeDefined();
	});

	it("do not hold a run that is too large by itself, nor a large value", () => {
		const recent = new RecentValues(100_000);
		recent.add("r", [step("big", 70_000), step("small")]);
		expect([recent.get("r", "big"), recent.get("r", "small")]).toEqual([undefined, strip(step("small"))]);
		recent.add("r", [step("x", 60_000), step("y", 60_000)]);
		expect(recent.get("r", "small")).toBeUndefined();
	});
});

function strip(one: ReturnType<typeof step> | undefined) {
	return one === undefined ? undefined : { output: one.output, value: one.value };
}
