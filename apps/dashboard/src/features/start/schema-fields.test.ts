import { describe, expect, it } from "vitest";
import { initialInput, schemaFields } from "./schema-fields.ts";

const ORDER = {
	$schema: "https://json-schema.org/draft/2020-12/schema",
	type: "object",
	properties: {
		orderId: { type: "string", description: "As in the shop" },
		amount: { type: "integer", minimum: 1, title: "Amount (cents)" },
		express: { type: "boolean", default: true },
		carrier: { enum: ["ship", "rail"], default: "rail" },
		note: { type: "string", maxLength: 2_000 },
		to: { $ref: "#/$defs/address" },
		lines: { type: "array", items: { type: "string" } },
	},
	required: ["orderId", "amount", "to"],
	$defs: { address: { type: "object", properties: { city: { type: "string", default: "Bern" } }, required: ["city"] } },
};

describe("the form of an input schema", () => {
	it("asks each property in the way that fits it, and as JSON what no form can ask", () => {
		const fields = schemaFields(ORDER) ?? [];
		expect(fields.map(({ name, kind, isRequired }) => [name, kind, isRequired])).toEqual([
			["orderId", "text", true],
			["amount", "number", true],
			["express", "yes_no", false],
			["carrier", "choice", false],
			["note", "text", false],
			["to", "group", true],
			["lines", "json", false],
		]);
		expect(fields[0]?.hint).toBe("As in the shop");
		expect(fields[1]?.label).toBe("Amount (cents)");
	});

	it("begins with the defaults, also those inside, and with nothing else", () => {
		expect(initialInput(schemaFields(ORDER) ?? [])).toEqual({ express: true, carrier: "rail", to: { city: "Bern" } });
	});

	it("is none for an input that is no object, or that says nothing of its properties", () => {
		for (const schema of [{ type: "string" }, { type: "object" }, {}, { anyOf: [ORDER] }]) {
			expect(schemaFields(schema)).toBeNull();
		}
	});

	it("ends where a schema holds itself", () => {
		const tree = {
			type: "object",
			properties: { child: { $ref: "#/$defs/tree" } },
			$defs: { tree: { type: "object", properties: { child: { $ref: "#/$defs/tree" } } } },
		};
		expect(JSON.stringify(schemaFields(tree))).toContain('"kind":"json"');
	});
});
