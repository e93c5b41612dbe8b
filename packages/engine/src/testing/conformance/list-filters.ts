import { expect } from "vitest";
import type { InstanceQuery } from "../../backend/list-query.ts";
import { awaiting, completed, definition, failed, ready, retryIn, waiting } from "./command-builders.ts";
import { casesOver, nth, type OpenBackend, only, type ScriptedDriver } from "./scripted-driver.ts";

const ALL: InstanceQuery = { statuses: [], workflows: [], limit: 50, cursor: null };

async function ids(driver: ScriptedDriver, query: Partial<InstanceQuery>): Promise<readonly string[]> {
	const { instances } = await driver.backend.listInstances({ ...ALL, ...query });
	return instances.map(({ instanceId }) => instanceId);
}

export function listFilterCases(open: OpenBackend): void {
	const it = casesOver(open);

	it("finds instances by when they were started", async (driver) => {
		const begin = driver.clock.now();
		for (let n = 0; n < 4; n += 1) {
			await driver.start(`order-${n}`, [ready("a")]);
			driver.clock.advance(10);
		}
		expect(await ids(driver, { startedFrom: begin + 10 })).toEqual(["order-3", "order-2", "order-1"]);
		expect(await ids(driver, { startedTo: begin + 10 })).toEqual(["order-0"]);
		expect(await ids(driver, { startedFrom: begin + 10, startedTo: begin + 30 })).toEqual(["order-2", "order-1"]);
		expect(await ids(driver, { startedFrom: begin + 30, startedTo: begin + 10 })).toEqual([]);
	});

	it("finds instances by how long they took, or take until now", async (driver) => {
		const owner = await driver.worker();
		const quick = await driver.startLeased("quick", "a", owner);
		driver.clock.advance(5);
		await driver.finish(quick, owner);
		const slow = await driver.startLeased("slow", "a", owner);
		await driver.start("live", [ready("a")]);
		driver.clock.advance(100);
		await driver.finish(slow, owner);
		expect(await ids(driver, { minDurationMs: 6 })).toEqual(["live", "slow"]);
		expect(await ids(driver, { minDurationMs: 100 })).toEqual(["live", "slow"]);
		expect(await ids(driver, { minDurationMs: 101 })).toEqual([]);
		driver.clock.advance(1);
		expect(await ids(driver, { minDurationMs: 101 })).toEqual(["live"]);
	});

	it("finds instances in backoff, and those that ever failed an attempt", async (driver) => {
		const owner = await driver.worker();
		await driver.start("smooth", [ready("a")]);
		const over = await driver.startLeased("over", "a", owner);
		await driver.settled(over, owner, retryIn(1));
		driver.clock.advance(1);
		await driver.finish(await driver.claimOne(owner, { runId: over.runId }), owner);
		await driver.settled(await driver.startLeased("backoff", "a", owner), owner, retryIn(99));
		expect(await ids(driver, { retries: "now" })).toEqual(["backoff"]);
		expect(await ids(driver, { retries: "ever" })).toEqual(["backoff", "over"]);
		expect(await ids(driver, { retries: "ever", statuses: ["completed"] })).toEqual(["over"]);
	});

	it("finds instances by the signal that they wait for, each once", async (driver) => {
		await driver.start("two", [awaiting("f/x/w", "go"), awaiting("f/y/w", "go")]);
		await driver.start("other", [awaiting("w", "stop")]);
		await driver.start("beside", [awaiting("f/x/w", "go"), ready("f/y/a")]);
		expect(await ids(driver, { signal: "go" })).toEqual(["beside", "two"]);
		await driver.signal("beside", "go");
		expect(await ids(driver, { signal: "go" })).toEqual(["two"]);
		expect(await ids(driver, { signal: "g" })).toEqual([]);
	});

	it("finds instances by their labels, all of those asked for", async (driver) => {
		await driver.start("a", [ready("a")], { labels: { tenant: "acme", region: "eu" } });
		await driver.start("b", [ready("a")], { labels: { tenant: "acme", region: "us" } });
		await driver.start("c", [ready("a")], { labels: { region: "acme", "it's": 'a "b" % _' } });
		expect(await ids(driver, { labels: { tenant: "acme" } })).toEqual(["b", "a"]);
		expect(await ids(driver, { labels: { tenant: "acme", region: "eu" } })).toEqual(["a"]);
		expect(await ids(driver, { labels: { tenant: "acm" } })).toEqual([]);
		expect(await ids(driver, { labels: { "it's": 'a "b" % _' } })).toEqual(["c"]);
	});

	it("finds instances by the beginning of their id, and takes no letter for a wildcard", async (driver) => {
		for (const id of ["order-1", "Order-2", "order_3", "orde", "order-10"]) await driver.start(id, [ready("a")]);
		expect(await ids(driver, { idPrefix: "order" })).toEqual(["order-10", "order_3", "order-1"]);
		expect(await ids(driver, { idPrefix: "order-1" })).toEqual(["order-10", "order-1"]);
		expect(await ids(driver, { idPrefix: "order_" })).toEqual(["order_3"]);
		expect(await ids(driver, { idPrefix: "%" })).toEqual([]);
		expect(await ids(driver, { idPrefix: "O" })).toEqual(["Order-2"]);
	});

	it("finds failed instances by the name and message of their error", async (driver) => {
		const owner = await driver.worker();
		const fail = async (id: string, message: string) =>
			driver.settled(await driver.startLeased(id, "a", owner), owner, failed(message));
		await fail("refused", 'Card "42" refused: 100% of \\ and _ ~');
		await fail("late", "Timed out\nafter 3 s");
		await driver.startLeased("fine", "a", owner);
		expect(await ids(driver, { error: "TYPEERROR" })).toEqual(["late", "refused"]);
		expect(await ids(driver, { error: "typeerror card" })).toEqual(["refused"]);
		expect(await ids(driver, { error: '"42" REFUSED: 100% of \\ and _ ~' })).toEqual(["refused"]);
		expect(await ids(driver, { error: "out\nafter" })).toEqual(["late"]);
		for (const text of ["1_0", "refuse%42", "message", "E_TEST", "at here", "below"]) {
			expect(await ids(driver, { error: text }), text).toEqual([]);
		}
	});

	it("finds them in whatever order the error names its parts", async (driver) => {
		const owner = await driver.worker();
		const error = { cause: null, stack: null, code: null, message: "Card refused", name: "TypeError" };
		const refused = await driver.startLeased("refused", "a", owner);
		await driver.settled(refused, owner, { kind: "failed", failure: { outcome: "failed", error } });
		expect(await ids(driver, { error: "typeerror card refused" })).toEqual(["refused"]);
	});

	it("pages within several conditions at once, in both directions", async (driver) => {
		for (let n = 0; n < 9; n += 1) {
			const details = n % 2 === 0 ? { definition: definition("nap") } : {};
			await driver.start(`x-${n}`, [waiting("a", 99)], { ...details, labels: { even: String(n % 2 === 0) } });
			if (n % 4 === 0) driver.clock.advance(1);
		}
		const filter = { workflows: ["nap"], statuses: ["waiting"], labels: { even: "true" } } as const;
		for (const query of [filter, { ...filter, labels: {} }, { ...filter, statuses: [] }, { idPrefix: "x-" }]) {
			const all = await ids(driver, query);
			const read: string[] = [];
			const cursors: (string | null)[] = [];
			let cursor: string | null = null;
			do {
				cursors.push(cursor);
				const page = await driver.backend.listInstances({ ...ALL, ...query, limit: 2, cursor });
				read.push(...page.instances.map(({ instanceId }) => instanceId));
				cursor = page.nextCursor;
			} while (cursor !== null);
			expect(read).toEqual(all);
			const back = await driver.backend.listInstances({
				...ALL,
				...query,
				limit: 2,
				cursor: cursors[2] ?? null,
				towards: "newer",
			});
			// Before the third page: the cursor's own row, the last of the second page, is not among them.
			expect(back.instances.map(({ instanceId }) => instanceId)).toEqual(all.slice(1, 3));
			expect(back.nextCursor).not.toBeNull();
		}
	});

	it("counts what a filter lets through", async (driver) => {
		for (let n = 0; n < 5; n += 1) {
			const details = n % 2 === 0 ? { definition: definition("nap") } : {};
			await driver.start(`x-${n}`, [awaiting("f/x/w", "go"), awaiting("f/y/w", "go")], {
				...details,
				labels: { even: String(n % 2 === 0) },
			});
		}
		const count = async (query: Partial<InstanceQuery>) => driver.backend.countMatching({ ...ALL, ...query });
		expect(await count({})).toEqual({ count: 5, complete: true });
		expect(await count({ workflows: ["nap"] })).toEqual({ count: 3, complete: true });
		expect(await count({ signal: "go", labels: { even: "false" } })).toEqual({ count: 2, complete: true });
		expect(await count({ idPrefix: "x-", statuses: ["failed"] })).toEqual({ count: 0, complete: true });
	});

	it("says what the open nodes of each listed instance do", async (driver) => {
		const owner = await driver.worker();
		await driver.settled(await driver.startLeased("backoff", "a", owner), owner, retryIn(99));
		await driver.start("fork", [ready("f/x/a"), ready("f/y/b"), awaiting("f/z/w", "go", 50)]);
		const done = await driver.startLeased("done", "a", owner);
		await driver.finish(done, owner);
		const { instances, now } = await driver.backend.listInstances(ALL);
		const activity = Object.fromEntries(instances.map((instance) => [instance.instanceId, instance.activity]));
		expect(activity).toEqual({
			done: [],
			fork: [
				{ state: "awaiting_signal", nodes: 1, path: "f/z/w", attempt: 1, nextAt: now + 50, signal: "go" },
				{ state: "ready", nodes: 2, path: "f/x/a", attempt: 1, nextAt: now, signal: null },
			],
			backoff: [{ state: "retrying", nodes: 1, path: "a", attempt: 2, nextAt: now + 99, signal: null }],
		});
	});

	it("treats hostile text in every condition as data", async (driver) => {
		await driver.start("order-1", [ready("a")], { labels: { a: "b" } });
		const evil = "'; DROP TABLE instance; --";
		for (const query of [{ signal: evil }, { labels: { [evil]: evil } }, { idPrefix: evil }, { error: evil }]) {
			expect(await ids(driver, query)).toEqual([]);
		}
		expect(await ids(driver, {})).toEqual(["order-1"]);
	});

	it("keeps a completed instance out of what only live ones meet", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		const { grants } = await driver.settled(grant, owner, completed("a", { open: [awaiting("w", "go")] }), 1);
		expect(grants).toEqual([]);
		await driver.signal("order-1", "go");
		const woken = await driver.claimOne(owner);
		await driver.settled(woken, owner, completed("w", { consumes: woken.signalId, result: "w" }));
		expect(await ids(driver, { signal: "go" })).toEqual([]);
		expect(only(await ids(driver, { statuses: ["completed"] }))).toBe("order-1");
		expect(nth((await driver.backend.listInstances(ALL)).instances, 0).activity).toEqual([]);
	});
}
