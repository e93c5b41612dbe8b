import { expect, it } from "vitest";
import { checkInput } from "./check-input.ts";

const SCHEMA = {
	type: "object",
	properties: { amount: { type: "integer", minimum: 1 }, note: { type: "string" } },
	required: ["amount"],
	additionalProperties: false,
};

it("lets pass what fits, and anything where there is no schema", () => {
	checkInput(SCHEMA, { amount: 3, note: "x" });
	checkInput(undefined, "whatever");
});

it("refuses what does not fit, and says where", () => {
	for (const input of [{}, { amount: 0 }, { amount: 1.5 }, { amount: 1, other: 2 }, [], null, "x"]) {
		expect(() => checkInput(SCHEMA, input), JSON.stringify(input)).toThrow(/does not fit the workflow's schema: #/);
	}
	expect(() => checkInput(SCHEMA, { amount: "3" })).toThrow("#/amount");
});

it("keeps nobody from starting because the schema itself is broken", () => {
	checkInput({ type: "object", properties: { a: { $ref: "#/$defs/nowhere" } } }, { a: 1 });
	checkInput({ properties: { a: { pattern: "(" } } }, { a: "x" });
});
