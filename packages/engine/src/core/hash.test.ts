import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { again, done, type FlowBuilder, flow } from "./builder/index.ts";
import { firstDifference } from "./graph/difference.ts";
import { canonicalShape, definitionHash } from "./hash.ts";

const id = <T>(value: T): T => value;

/** Every kind of node; each setting can be changed by itself. */
const BASE = {
	name: "order",
	childName: "invoice",
	childTask: "print",
	version: "2" as string | undefined,
	onFailure: "fail" as "fail" | "value",
	signal: "stock",
	timeout: "48h" as "48h" | "1h" | undefined,
	settle: "first-failure" as "first-failure" | "all",
	branch: "stock",
	joinId: "combine",
	joinVersion: undefined as string | undefined,
	caseKey: "review",
	caseTask: true,
	routeVersion: undefined as string | undefined,
	loopTask: "check",
	firstKind: "task" as "task" | "delay",
	// None of these may change the hash.
	delay: 5_000,
	retry: 1,
	taskTimeout: 1_000,
	priority: 3,
	tag: "a",
	description: "words",
	maxIterations: 50,
	onMax: "fail" as "fail" | "exitWithLast",
};
type Settings = typeof BASE;

function graphOf(changes: Partial<Settings> = {}) {
	const s = { ...BASE, ...changes };
	const code = {
		version: s.version,
		onFailure: s.onFailure,
		retry: { maxAttempts: s.retry, initialDelay: s.delay },
		timeout: s.taskTimeout,
		priority: s.priority,
		tags: [s.tag],
		description: s.description,
	};
	const child = flow<unknown>(s.childName).task(s.childTask, id).build();
	const start = flow<unknown>(s.name, { description: s.description });
	const first = s.firstKind === "task" ? start.task("first", id) : start.delay("first", 1);
	return first
		.task("validate", id, code)
		.fork(
			"fulfil",
			{
				payment: (b) => b.task("charge", id).delay("settle", s.delay),
				[s.branch]: (b: FlowBuilder<unknown, unknown, "inner">): FlowBuilder<unknown, unknown, "inner"> =>
					s.timeout === undefined
						? b.waitForSignal("arrived", s.signal)
						: b.waitForSignal("arrived", s.signal, { timeout: s.timeout }),
			},
			{ settle: s.settle },
		)
		.join(s.joinId, (inputs): unknown => inputs, { version: s.joinVersion, priority: s.priority })
		.route(
			"risk",
			(): string => "auto",
			{
				[s.caseKey]: (b: FlowBuilder<unknown, unknown, "inner">): FlowBuilder<unknown, unknown, "inner"> =>
					s.caseTask ? b.task("decide", id) : b,
				default: (b: FlowBuilder<unknown, unknown, "inner">) => b,
			},
			{ version: s.routeVersion, timeout: s.taskTimeout },
		)
		.loop("poll", (b) => b.task(s.loopTask, (v) => (v === null ? again(v) : done(v))), {
			maxIterations: s.maxIterations,
			onMax: s.onMax,
		})
		.child("invoice", child)
		.build().graph;
}

describe("definitionHash", () => {
	it("has not changed for a graph with every kind (a change strands every stored instance)", () => {
		expect(canonicalShape(graphOf())).toBe(
			'["waymark-shape-1","order",[["task","first",[null,"fail"]],["task","validate",["2","fail"]],' +
				'["fork","fulfil","first-failure",[["payment",[["task","charge",[null,"fail"]],["delay","settle"]]],' +
				'["stock",[["signal","arrived","stock",true]]]],"combine",[null,"fail"]],' +
				'["route","risk",true,[["review",[["task","decide",[null,"fail"]]]],["default",[]]],[null,"fail"]],' +
				'["loop","poll",[["task","check",[null,"fail"]]]],' +
				'["child","invoice","invoice",[["task","print",[null,"fail"]]]]]]',
		);
		expect(definitionHash(graphOf())).toBe("45f7ac88b34e61c31ea3d8ccbfff8b25c133b55e5291328e6523ec382040ddf1");
	});

	it.each<Partial<Settings>>([
		{ delay: 1 },
		{ retry: 9 },
		{ taskTimeout: 5 },
		{ timeout: "1h" },
		{ priority: 1 },
		{ tag: "b" },
		{ description: "other" },
		{ maxIterations: 2 },
		{ onMax: "exitWithLast" },
	])("does not change with %j", (change) => {
		expect(definitionHash(graphOf(change))).toBe(definitionHash(graphOf()));
		expect(firstDifference(graphOf(), graphOf(change))).toBe("the shapes are the same");
	});

	it.each<[Partial<Settings>, string]>([
		[{ name: "sale" }, "the workflow's name changed from order to sale"],
		[{ firstKind: "delay" }, "the kind of first changed from task to delay"],
		[{ version: "3" }, "the version of task validate changed from 2 to 3"],
		[{ version: undefined }, "the version of task validate changed from 2 to none"],
		[{ onFailure: "value" }, "onFailure of task validate changed from fail to value"],
		[{ settle: "all" }, "settle of fork fulfil changed from first-failure to all"],
		[{ branch: "goods" }, "branch fulfil/goods was added"],
		[{ signal: "goods" }, "the signal of fulfil/stock/arrived changed from stock to goods"],
		[{ timeout: undefined }, "signal fulfil/stock/arrived lost its timeout"],
		[{ joinId: "merge" }, "the join of fork fulfil changed from combine to merge"],
		[{ joinVersion: "1" }, "the version of join combine changed from none to 1"],
		[{ routeVersion: "1" }, "the version of route risk changed from none to 1"],
		[{ caseKey: "look" }, "case risk/look was added"],
		[{ caseTask: false }, "task risk/review/decide was removed at the start of risk/review"],
		[{ loopTask: "ask" }, "task poll/ask was added at the start of poll"],
		[{ childName: "bill" }, "the workflow of child invoice changed from invoice to bill"],
		[{ childTask: "send" }, "task invoice/send was added at the start of invoice"],
	])("changes with %j, and the difference is named", (change, difference) => {
		expect(definitionHash(graphOf(change))).not.toBe(definitionHash(graphOf()));
		expect(firstDifference(graphOf(), graphOf(change))).toBe(difference);
	});

	it("differs exactly where the shapes differ, and then the difference has a name", () => {
		const chains = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d"), { minLength: 1 }).map((ids) => {
			let b: FlowBuilder<unknown, unknown, "workflow"> = flow("f");
			for (const name of ids) b = name === "a" ? b.delay(name, 1) : b.task(name, id);
			return { ids, graph: b.build().graph };
		});
		fc.assert(
			fc.property(chains, chains, (left, right) => {
				const same = left.ids.join() === right.ids.join();
				expect(definitionHash(left.graph) === definitionHash(right.graph)).toBe(same);
				expect(firstDifference(left.graph, right.graph) === "the shapes are the same").toBe(same);
			}),
		);
	});

	it("says whether a route has a default", () => {
		const built = flow<unknown>("f")
			.route("r", () => "a", { a: (b) => b })
			.build();
		expect(canonicalShape(built.graph)).toBe('["waymark-shape-1","f",[["route","r",false,[["a",[]]],[null,"fail"]]]]');
	});

	it("is not fooled by brackets and quotes in names", () => {
		const shape = (version: string) => canonicalShape(flow<unknown>("f").task("t", id, { version }).build().graph);
		expect(shape('1","fail"],["x')).not.toBe(shape("1"));
		expect(JSON.parse(shape('1","fail"],["x'))).toHaveLength(3);
	});
});

describe("firstDifference", () => {
	const chain = (...ids: readonly string[]) => {
		let b: FlowBuilder<unknown, unknown, "workflow"> = flow("f");
		for (const name of ids) b = b.task(name, id);
		return b.build().graph;
	};
	const cases = (...keys: readonly string[]) => {
		const bodies = Object.fromEntries(keys.map((key) => [key, (b: FlowBuilder<unknown, unknown, "inner">) => b]));
		return flow<unknown>("f")
			.route("r", () => "x", bodies)
			.build().graph;
	};

	it.each([
		[chain("a", "b"), chain("a", "x", "b"), "task x was added after a"],
		[chain("a", "b"), chain("x", "a", "b"), "task x was added at the start"],
		[chain("a", "b"), chain("a", "b", "c"), "task c was added after b"],
		[chain("a", "b", "c"), chain("a", "c"), "task b was removed after a"],
		[chain("a", "b", "c"), chain("a", "c", "b"), "task c now comes before b"],
		[cases("a", "b"), cases("b", "a"), "case r/b now comes before r/a"],
		[cases("a", "b"), cases("a"), "case r/b was removed"],
	])("names what was added, removed or moved (%#)", (before, after, difference) => {
		expect(firstDifference(before, after)).toBe(difference);
	});
});
