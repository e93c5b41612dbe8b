import { describe, expect, it } from "vitest";
import { iterationsInUrl, placeInRun } from "./place-in-run.ts";

describe("the place of a path of a run", () => {
	it("is the node itself where no loop is around it", () => {
		expect(placeInRun("fulfil/payment/charge")).toEqual({ key: "fulfil/payment/charge", iterations: new Map() });
	});

	it("names the iteration of every loop around it, each by the loop's place in the plan", () => {
		const { key, iterations } = placeInRun("pages[153]/items[0]/fetch");
		expect(key).toBe("pages/items/fetch");
		expect([...iterations]).toEqual([
			["pages", 153],
			["pages/items", 0],
		]);
		expect(iterationsInUrl(iterations)).toEqual(["pages:153", "pages/items:0"]);
	});

	it("is the route for the function that chooses its case", () => {
		expect(placeInRun("poll[2]/kind.key")).toEqual({ key: "poll/kind", iterations: new Map([["poll", 2]]) });
	});
});
