import { expect } from "vitest";
import type { RequestQuery, WaitQuery } from "../../backend/overview.ts";
import { InvalidArgumentError } from "../../core/errors.ts";
import { awaiting, completed, definition, failed, ready, retryIn } from "./command-builders.ts";
import { casesOver, type OpenBackend, only } from "./scripted-driver.ts";

const WAITS: WaitQuery = { signal: null, limit: 50, cursor: null };
const REQUESTS: RequestQuery = { kinds: [], results: [], by: null, instanceId: null, limit: 50, cursor: null };

export function overviewCases(open: OpenBackend): void {
	const it = casesOver(open);

	it("lists open waits by signal with the time since which they wait", async (driver) => {
		const owner = await driver.worker();
		const begin = driver.clock.now();
		await driver.start("b", [awaiting("w", "stop", 500)]);
		const grant = await driver.startLeased("a", "first", owner);
		driver.clock.advance(20);
		await driver.settled(grant, owner, completed("first", { open: [awaiting("w", "go")] }));
		const { waits, now, nextCursor } = await driver.backend.listWaits(WAITS);
		expect(now).toBe(begin + 20);
		expect(nextCursor).toBeNull();
		expect(waits).toMatchObject([
			{ instanceId: "a", path: "w", signal: "go", since: begin + 20, timeoutAt: null, status: "awaiting_signal" },
			{ instanceId: "b", path: "w", signal: "stop", since: begin, timeoutAt: begin + 500, workflow: "order" },
		]);
		await driver.signal("a", "go");
		expect((await driver.backend.listWaits(WAITS)).waits.map(({ instanceId }) => instanceId)).toEqual(["b"]);
	});

	it("pages through waits of one name and of all, and counts them", async (driver) => {
		for (let n = 0; n < 5; n += 1) await driver.start(`w-${n}`, [awaiting("x/w", "go"), awaiting("y/w", "halt")]);
		for (const signal of [null, "go"]) {
			const read: string[] = [];
			let cursor: string | null = null;
			do {
				const page = await driver.backend.listWaits({ signal, limit: 2, cursor });
				read.push(...page.waits.map((wait) => `${wait.signal} ${wait.instanceId}`));
				cursor = page.nextCursor;
			} while (cursor !== null);
			const expected = ["go", "halt"].flatMap((name) => [0, 1, 2, 3, 4].map((n) => `${name} w-${n}`));
			expect(read).toEqual(signal === null ? expected : expected.slice(0, 5));
		}
		expect(await driver.backend.countWaits()).toEqual([
			{ signal: "go", waits: 5 },
			{ signal: "halt", waits: 5 },
		]);
		await expect(driver.backend.listWaits({ ...WAITS, cursor: "x" })).rejects.toSatisfy(InvalidArgumentError.is);
	});

	it("lists the requests of all instances newest first, and filters them", async (driver) => {
		const made: string[] = [];
		for (let n = 0; n < 4; n += 1) {
			await driver.start(`r-${n}`, [ready("a")]);
			const request = driver.request(`r-${n}`, { by: n === 0 ? "ann" : "bob" });
			await driver.backend.pause(request);
			made.unshift(request.requestId);
			driver.clock.advance(1);
		}
		await driver.backend.cancel(driver.request("r-3"));
		await driver.backend.pause(driver.request("r-3"));
		const idsOf = async (query: Partial<RequestQuery>) =>
			(await driver.backend.listRequests({ ...REQUESTS, ...query })).requests.map(({ requestId }) => requestId);
		expect(await idsOf({ kinds: ["pause"], results: ["applied"] })).toEqual(made);
		expect(await idsOf({ by: "ann" })).toEqual([made[3]]);
		expect(await idsOf({ instanceId: "r-3" })).toHaveLength(3);
		expect(await idsOf({ instanceId: "r-3", results: ["refused"] })).toHaveLength(1);
		expect(await idsOf({ instanceId: "nobody" })).toEqual([]);
		expect(await idsOf({ requestIds: [...made.slice(0, 2), "nothing"] })).toEqual(made.slice(0, 2));
		expect(await idsOf({ requestIds: [] })).toEqual([]);
		const first = await driver.backend.listRequests({ ...REQUESTS, limit: 4 });
		const second = await driver.backend.listRequests({ ...REQUESTS, limit: 4, cursor: first.nextCursor });
		expect(second.requests.map(({ instanceId }) => instanceId)).toEqual(["r-1", "r-0"]);
		expect(second.nextCursor).toBeNull();
		expect(second.requests[1]).toMatchObject({ kind: "pause", by: "ann", reason: "because", workflow: "order" });
	});

	it("says what needs attention, and nothing while all is well", async (driver) => {
		const owner = await driver.worker();
		await driver.startLeased("running", "a", owner);
		const calm = await driver.backend.listAttention(5);
		expect(calm).toEqual({
			now: driver.clock.now(),
			failed: [],
			stalled: [],
			retrying: [],
			retryingCount: 0,
			waiting: [],
		});
		await driver.settled(await driver.startLeased("broken", "a", owner), owner, failed());
		await driver.settled(await driver.startLeased("backoff", "a", owner), owner, retryIn(99));
		await driver.start("asks", [awaiting("w", "go")]);
		await driver.start("unclaimed", [ready("a")]);
		await driver.settled(await driver.startLeased("orphan", "a", owner), owner, completed("a"));
		await driver.startLeased("stopping", "a", owner);
		await driver.backend.cancel(driver.request("stopping"));
		const { failed: broken, stalled, retrying, retryingCount, waiting } = await driver.backend.listAttention(5);
		expect(broken.map(({ instanceId }) => instanceId)).toEqual(["broken"]);
		expect(Object.fromEntries(stalled.map(({ instance, why }) => [instance.instanceId, why]))).toEqual({
			orphan: "orphan",
			stopping: "control",
			unclaimed: "unclaimed",
		});
		expect(only(retrying)).toMatchObject({ instanceId: "backoff", path: "a", attempt: 2 });
		expect(retryingCount).toBe(1);
		expect(only(waiting)).toMatchObject({ instanceId: "asks", signal: "go" });
	});

	it("counts what ended in each stretch of time, with how long it took", async (driver) => {
		const owner = await driver.worker();
		const from = driver.clock.now();
		for (const [id, ms] of [
			["one", 10],
			["two", 30],
			["three", 100],
		] as const) {
			const grant = await driver.startLeased(id, "a", owner);
			driver.clock.advance(ms);
			await driver.finish(grant, owner);
		}
		await driver.settled(await driver.startLeased("broken", "a", owner), owner, failed());
		const { buckets } = await driver.backend.readEnded({ from, bucketMs: 100, buckets: 2 });
		expect(buckets).toEqual([
			{ from, completed: 2, failed: 0, cancelled: 0, estimated: false, p50: 10, p95: 30 },
			{ from: from + 100, completed: 1, failed: 1, cancelled: 0, estimated: false, p50: 100, p95: 100 },
		]);
		for (const buckets of [0, 101, 1.5]) {
			const read = driver.backend.readEnded({ from, bucketMs: 100, buckets });
			await expect(read).rejects.toSatisfy(InvalidArgumentError.is);
		}
	});

	it("sums a workflow up from its newest instances, and its nodes by path", async (driver) => {
		const owner = await driver.worker();
		const slow = await driver.startLeased("slow", "a", owner);
		driver.clock.advance(40);
		await driver.finish(slow, owner);
		await driver.settled(await driver.startLeased("broken", "a", owner), owner, failed());
		await driver.start("nap", [ready("a")], { definition: definition("nap") });
		const [nap, order] = await driver.backend.listWorkflows();
		expect(nap).toMatchObject({ workflow: "nap", versions: 1, sample: 1, byStatus: { pending: 1 }, p95: null });
		expect(order).toMatchObject({ workflow: "order", sample: 2, byStatus: { completed: 1, failed: 1 }, p50: 40 });
		expect(await driver.backend.readWorkflow("order")).toMatchObject({
			workflow: "order",
			definitions: [{ hash: "hash-of-order", plannedNodes: 4, sample: 2 }],
			nodes: [
				{ path: "a", definitionHash: "hash-of-order", completed: 1, failedAttempts: 1, failed: 1, running: 0, p50: 7 },
			],
		});
		expect(await driver.backend.readWorkflow("nothing")).toBeNull();
	});
}
