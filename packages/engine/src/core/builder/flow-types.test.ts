import type { StandardSchemaV1 } from "@standard-schema/spec";
import { describe, expect, expectTypeOf, it } from "vitest";
import type { RecordedError } from "../recorded-error.ts";
import { task } from "./defined-task.ts";
import { type FlowBuilder, flow } from "./flow.ts";
import { again, done } from "./loop-result.ts";
import type { Outcome, SignalOutcome } from "./outcome.ts";
import type { TaskContext } from "./task-context.ts";
import type { Workflow } from "./workflow.ts";

/** Checked by tsc: the bodies run, too, so that a type that lies about the value would show. */

interface Order {
	readonly id: string;
	readonly amount: number;
}

type OutputOf<B> = B extends FlowBuilder<infer _I, infer Output, infer _P> ? Output : never;
const order = () => flow<Order>("order");
const id = <T>(value: T): T => value;

describe("the types of a chain", () => {
	it("hands each output to the next function without annotations", () => {
		const b = order()
			.task("price", (o, ctx) => {
				expectTypeOf(o).toEqualTypeOf<Order>();
				expectTypeOf(ctx).toEqualTypeOf<TaskContext>();
				return o.amount * 2;
			})
			.task("text", async (n) => {
				expectTypeOf(n).toEqualTypeOf<number>();
				return String(n);
			})
			.delay("rest", "5s")
			.task("size", (s) => {
				expectTypeOf(s).toEqualTypeOf<string>();
				return { size: s.length };
			});
		expectTypeOf<OutputOf<typeof b>>().toEqualTypeOf<{ size: number }>();
		expectTypeOf(b.build()).toEqualTypeOf<Workflow<Order, { size: number }>>();
	});

	it("refuses a function that does not accept the value before it", () => {
		const takesText = (text: string) => text;
		const number = order().task("n", (o) => o.amount);
		// @ts-expect-error a number is not a string
		number.task("s", takesText);
		// @ts-expect-error "5 bananas" is not a duration
		order().delay("d", "5 bananas");
		// @ts-expect-error no such option
		order().task("n", id<Order>, { retries: 3 });
		// @ts-expect-error the schema yields another type than the function takes
		order().task("n", (o) => o.id, { input: schema<number>() });
	});

	it("takes the input type of a schema", () => {
		const b = flow("f", { input: schema<Order>() });
		expectTypeOf<OutputOf<typeof b>>().toEqualTypeOf<Order>();
	});

	it("yields an outcome when the failure is a value", () => {
		const b = order().task("pay", async (o) => o.id, { onFailure: "value", retry: { maxAttempts: 2 } });
		expectTypeOf<OutputOf<typeof b>>().toEqualTypeOf<Outcome<string>>();
		b.task("look", (outcome) => {
			if (outcome.ok) expectTypeOf(outcome.value).toEqualTypeOf<string>();
			else expectTypeOf(outcome.error).toEqualTypeOf<RecordedError>();
		});
	});
});

describe("the types of a defined task", () => {
	const charge = task("charge", async (o: Order, ctx) => {
		expectTypeOf(ctx).toEqualTypeOf<TaskContext>();
		return { paid: o.amount };
	});
	const label = task("label", (o: Order) => o.id, { onFailure: "value" });

	it("flow into and out of the chain", () => {
		const b = order().task(charge);
		expectTypeOf<OutputOf<typeof b>>().toEqualTypeOf<{ paid: number }>();
		const c = order().task(label.as("again"));
		expectTypeOf<OutputOf<typeof c>>().toEqualTypeOf<Outcome<string>>();
		// @ts-expect-error the task takes an order, and a number comes in
		flow<number>("f").task(charge);
	});

	it("stay those of the function for a direct call", () => {
		expectTypeOf(label({ id: "a", amount: 1 })).toEqualTypeOf<string>();
		expectTypeOf(charge).returns.toEqualTypeOf<Promise<{ paid: number }>>();
		// @ts-expect-error this function takes a context
		void charge({ id: "a", amount: 1 }).catch(id);
	});

	it("take the input of a schema", () => {
		task("x", (n) => expectTypeOf(n).toEqualTypeOf<number>(), { input: schema<number>() });
	});
});

describe("the types of a fork", () => {
	it("hand the join each branch's output by name", () => {
		const b = order()
			.fork("fulfil", {
				payment: (b) =>
					b.task("charge", (o) => {
						expectTypeOf(o).toEqualTypeOf<Order>();
						return { paid: o.amount };
					}),
				stock: (b) => b.task("reserve", async (o) => o.id).delay("settle", "5s"),
			})
			.join("combine", (inputs) => {
				expectTypeOf(inputs).toEqualTypeOf<{ readonly payment: { paid: number }; readonly stock: string }>();
				return { ...inputs.payment, stock: inputs.stock };
			});
		expectTypeOf<OutputOf<typeof b>>().toEqualTypeOf<{ stock: string; paid: number }>();
	});

	it("hand the join every outcome when all settle", () => {
		order()
			.fork("f", { a: (b) => b.task("t", (o) => o.id) }, { settle: "all" })
			.join("j", ({ a }) => expectTypeOf(a).toEqualTypeOf<Outcome<string>>());
	});

	it("take a body written once for every value that has what it needs", () => {
		const label = (b: FlowBuilder<{ readonly id: string }, { readonly id: string }, "inner">) =>
			b.task("label", (o) => o.id);
		const pass = <T>(b: FlowBuilder<T, T, "inner">) => b.delay("rest", 1);
		const b = order()
			.fork("f", { a: label, b: (b) => pass(b) })
			.join("j", (inputs) => {
				expectTypeOf(inputs.a).toEqualTypeOf<string>();
				expectTypeOf(inputs.b).toEqualTypeOf<Order>();
				return inputs;
			});
		expectTypeOf(b.build()).toExtend<Workflow<Order>>();
		// @ts-expect-error a number has no id
		flow<number>("n").fork("f", { a: label });
	});

	it("need a body that returns an inner builder", () => {
		// @ts-expect-error the body returns nothing
		order().fork("f", { a: (b) => void b });
		// @ts-expect-error a whole flow is not a branch
		order().fork("f", { a: () => order() });
		// @ts-expect-error a fork without its join cannot be built
		order().fork("f", { a: (b) => b }).build;
	});
});

describe("the types of a route", () => {
	const risky = (o: Order) => (o.amount > 1000 ? "review" : "auto");

	it("yield the union of the cases", () => {
		const b = order().route("risk", (o) => (o.amount > 1000 ? "review" : "auto"), {
			review: (b) => b.waitForSignal<{ by: string }>("approval", "approve"),
			auto: (b) => b,
		});
		expectTypeOf<OutputOf<typeof b>>().toEqualTypeOf<
			{ readonly case: "review"; readonly value: { by: string } } | { readonly case: "auto"; readonly value: Order }
		>();
	});

	it("need a case for every key", () => {
		order().route("risk", risky, { review: (b) => b, auto: (b) => b });
		// @ts-expect-error the key "review" has no case
		order().route("risk", risky, { auto: (b) => b });
		// @ts-expect-error the key "review" has no case
		order().route("risk", (o) => (o.amount > 1000 ? "review" : "auto"), { auto: (b) => b });
		// @ts-expect-error async keys count as well
		order().route("risk", async (o) => (o.amount > 1 ? "review" : "auto"), { auto: (b) => b });
		// @ts-expect-error any text may come: a default is needed
		order().route("risk", (o) => o.id, { auto: (b) => b });
	});

	it("refuse a case that no key chooses", () => {
		// @ts-expect-error "never" is no key
		order().route("risk", risky, { review: (b) => b, auto: (b) => b, never: (b) => b });
	});

	it("accept fewer cases, and any text, with a default", () => {
		const b = order().route("risk", risky, { review: (b) => b.task("t", (o) => o.id), default: (b) => b });
		expectTypeOf<OutputOf<typeof b>>().toEqualTypeOf<
			{ readonly case: "review"; readonly value: string } | { readonly case: "default"; readonly value: Order }
		>();
		order().route("risk", async (o) => o.id, { a: (b) => b.task("t", (o) => o.id), default: (b) => b });
	});
});

describe("the types of a loop", () => {
	it("yield what done was given", () => {
		const b = flow<{ n: number }>("f").loop(
			"poll",
			(b) => b.task("check", async (s) => (s.n > 3 ? done(String(s.n)) : again({ n: s.n + 1 }))),
			{ maxIterations: 5 },
		);
		expectTypeOf<OutputOf<typeof b>>().toEqualTypeOf<string>();
	});

	it("yield either when the loop leaves with the last value", () => {
		const b = flow<{ n: number }>("f").loop(
			"poll",
			(b) => b.task("check", (s) => (s.n > 3 ? done("x" as string) : again(s))),
			{ maxIterations: 5, onMax: "exitWithLast" },
		);
		expectTypeOf<OutputOf<typeof b>>().toEqualTypeOf<string | { n: number }>();
	});

	it("need a verdict that fits the loop's input", () => {
		// @ts-expect-error neither again nor done
		flow<number>("f").loop("l", (b) => b.task("t", (n) => n), { maxIterations: 5 });
		// @ts-expect-error the next iteration takes a number
		flow<number>("f").loop("l", (b) => b.task("t", (n) => (n > 3 ? done(n) : again("x"))), { maxIterations: 5 });
		// @ts-expect-error a limit is needed
		flow<number>("f").loop("l", (b) => b.task("t", (n) => done(n)), {});
	});
});

describe("the types of waits and children", () => {
	it("yield the payload, or say whether it came in time", () => {
		const plain = order().waitForSignal<number>("w", "go");
		expectTypeOf<OutputOf<typeof plain>>().toEqualTypeOf<number>();
		const timed = order().waitForSignal<number>("w", "go", { timeout: "48h" });
		expectTypeOf<OutputOf<typeof timed>>().toEqualTypeOf<SignalOutcome<number>>();
		const untyped = order().waitForSignal("w", "go");
		expectTypeOf<OutputOf<typeof untyped>>().toEqualTypeOf<unknown>();
	});

	it("accept a child that takes the current value", () => {
		const invoice = flow<{ id: string }>("invoice")
			.task("t", (o) => o.id.length)
			.build();
		const b = order().child("invoice", invoice);
		expectTypeOf<OutputOf<typeof b>>().toEqualTypeOf<number>();
		// @ts-expect-error the child takes an object
		flow<number>("f").child("invoice", invoice);
		const narrow = flow<Order & { vip: true }>("vip")
			.task("t", (o) => o.id)
			.build();
		// @ts-expect-error the child wants more than there is
		order().child("vip", narrow);
		expectTypeOf(invoice).toExtend<Workflow>();
	});

	it("know no then and no build inside of a body", () => {
		expectTypeOf<FlowBuilder<1, 1, "inner">>().not.toHaveProperty("then");
		order().fork("f", {
			a: (b) => {
				const alone = b.task("t", id<Order>);
				// @ts-expect-error a body is returned, not built
				expect(() => alone.build()).toThrow("not built by itself");
				return alone;
			},
		});
	});
});

function schema<T>(): StandardSchemaV1<unknown, T> {
	return { "~standard": { version: 1, vendor: "test", validate: (value) => ({ value: value as T }) } };
}
