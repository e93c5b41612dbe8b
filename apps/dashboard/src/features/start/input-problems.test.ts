import { expect, it } from "vitest";
import { inputProblems } from "./input-problems.ts";

const SCHEMA = {
	type: "object",
	properties: {
		amount: { type: "integer", minimum: 1 },
		to: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
	},
	required: ["amount", "to"],
};

it("tells each problem at the value that has it, and what is missing at its own place", () => {
	expect([...inputProblems(SCHEMA, { amount: 0, to: {} })]).toEqual([
		["#/amount", "0 is less than 1."],
		["#/to/city", "This must be given."],
	]);
	expect([...inputProblems(SCHEMA, {}).keys()]).toEqual(["#/amount", "#/to"]);
	expect(inputProblems(SCHEMA, []).get("#")).toContain("array");
});

it("finds nothing wrong with what fits, nor where nothing is asked", () => {
	expect(inputProblems(SCHEMA, { amount: 1, to: { city: "Bern" } }).size).toBe(0);
	expect(inputProblems(null, 7).size).toBe(0);
	expect(inputProblems({ properties: { a: { $ref: "#/$defs/nowhere" } } }, { a: 1 }).size).toBe(0);
});
