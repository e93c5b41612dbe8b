import type { StandardSchemaV1 } from "@standard-schema/spec";
import { describe, expect, it } from "vitest";
import { flow } from "./flow.ts";

const TOLD = { type: "object", properties: { amount: { type: "number" } }, required: ["amount"] };

/** A schema that tells itself as a library with Standard JSON Schema does. */
function telling(input: (options: { target: string }) => unknown): StandardSchemaV1<unknown, { amount: number }> {
	const standard = {
		version: 1,
		vendor: "test",
		validate: (value: unknown) => ({ value: value as { amount: number } }),
		jsonSchema: { input, output: input },
	} as const;
	return { "~standard": standard };
}

const graphOf = (schema: StandardSchemaV1<unknown, { amount: number }>) =>
	flow("order", { input: schema })
		.task("charge", ({ amount }) => amount)
		.build();

describe("the input schema of a workflow", () => {
	it("is stored in its graph as plain data", () => {
		const { graph } = graphOf(telling(({ target }) => (target === "draft-2020-12" ? TOLD : null)));
		expect(graph.inputSchema).toEqual(TOLD);
	});

	it("changes nothing of the definition hash", () => {
		const { definitionHash } = graphOf(telling(() => TOLD));
		expect(graphOf(telling(() => ({ type: "object" }))).definitionHash).toBe(definitionHash);
		expect(
			flow<{ amount: number }>("order")
				.task("charge", ({ amount }) => amount)
				.build().definitionHash,
		).toBe(definitionHash);
	});

	it("is left out where the library cannot tell it, tells nonsense, or more than is sensible to store", () => {
		const silent: StandardSchemaV1<unknown, { amount: number }> = {
			"~standard": { version: 1, vendor: "test", validate: (value) => ({ value: value as { amount: number } }) },
		};
		const refusing = telling(() => {
			throw new Error("a transform has no JSON Schema");
		});
		const huge = telling(() => ({ description: "x".repeat(100_000) }));
		for (const schema of [silent, refusing, huge, telling(() => "object"), telling(() => undefined)]) {
			expect(graphOf(schema).graph).not.toHaveProperty("inputSchema");
		}
	});
});
