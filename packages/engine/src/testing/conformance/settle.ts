import { expect } from "vitest";
import { completed, error, failed, own, RELEASED, ready, retryIn, textOf, value, waiting } from "./command-builders.ts";
import { casesOver, type OpenBackend, only } from "./scripted-driver.ts";

export function settleCases(open: OpenBackend): void {
	const it = casesOver(open);

	it("moves a chain on, one commit a node, until it completes", async (driver) => {
		const owner = await driver.worker();
		let grant = await driver.startLeased("order-1", "a", owner);
		let version = (await driver.instance("order-1")).version;
		for (const [path, next] of [
			["a", "b"],
			["b", "c"],
		] as const) {
			driver.clock.advance(10);
			const outcome = completed(path, { open: [ready(next, { input: path })] });
			const result = await driver.settled(grant, owner, outcome, 1);
			expect(result).toMatchObject({ status: "in_progress", control: "none", replayed: false });
			expect(result.version).toBeGreaterThan(version);
			version = result.version;
			grant = only(result.grants);
			expect(grant).toMatchObject({ path: next, attempt: 1, input: path });
			expect(await driver.openStates(grant.runId)).toEqual({ [next]: "running" });
		}
		const last = await driver.settled(grant, owner, completed("c", { result: "c", progress: 2 }), 1);
		expect(last).toMatchObject({ status: "completed", grants: [] });
		const { instance, openNodes, checkpoints } = await driver.snapshot(grant.runId);
		expect(instance).toMatchObject({ status: "completed", output: "c", endedAt: driver.clock.now() });
		expect(instance.progress).toEqual({ done: 4, total: 4 });
		expect(openNodes).toEqual([]);
		expect(checkpoints.map(({ path }) => path).sort()).toEqual(["a", "b", "c"]);
	});

	it("records value, size, attempt, times and worker of a node", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		const bytes = value({ name: "ü", n: [1, 2] });
		const recorded = [{ path: "a", output: "a", value: bytes }];
		await driver.settled(grant, owner, completed("a", { recorded, open: [ready("b", { input: "a" })] }));
		const checkpoint = only((await driver.snapshot(grant.runId)).checkpoints);
		expect(checkpoint).toEqual({
			path: "a",
			output: "a",
			size: bytes.bytes.byteLength,
			codec: "json",
			attempt: 1,
			startedAt: driver.clock.now() - 7,
			finishedAt: driver.clock.now(),
			worker: owner,
			version: (await driver.instance("order-1")).version,
		});
		const [stored] = await driver.backend.readValues(grant.runId, [{ kind: "checkpoint", path: "a" }]);
		expect(stored?.codec).toBe("json");
		expect(textOf(stored)).toBe('{"name":"ü","n":[1,2]}');
	});

	it("records the composites that end with a node, which refer to bytes and hold none", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "risk/auto/accept", owner);
		const recorded = [
			own("risk/auto/accept"),
			{ path: "risk", output: "case:auto|risk/auto/accept", value: null },
			{ path: "all", output: "case:auto|risk/auto/accept", value: null },
		];
		await driver.settled(grant, owner, completed("risk/auto/accept", { recorded, progress: 3, result: "all" }));
		const { checkpoints, instance } = await driver.snapshot(grant.runId);
		// Whatever the steps resolved: a completed instance has nothing left to do.
		expect(instance.progress).toEqual({ done: 4, total: 4 });
		expect(checkpoints).toHaveLength(3);
		expect(checkpoints.find(({ path }) => path === "risk")).toMatchObject({
			output: "case:auto|risk/auto/accept",
			size: null,
			codec: null,
		});
		expect(await driver.backend.readValues(grant.runId, [{ kind: "checkpoint", path: "risk" }])).toEqual([null]);
		const outputs = await driver.backend.readOutputs(grant.runId, ["risk", "risk/auto/accept"]);
		expect(outputs).toEqual(["case:auto|risk/auto/accept", "risk/auto/accept"]);
	});

	it("keeps a value of no bytes apart from no value", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		const recorded = [{ path: "a", output: "a", value: { codec: "raw", bytes: new Uint8Array() } }];
		await driver.settled(grant, owner, completed("a", { recorded, result: "a" }));
		expect(only((await driver.snapshot(grant.runId)).checkpoints)).toMatchObject({ size: 0, codec: "raw" });
		const [stored] = await driver.backend.readValues(grant.runId, [{ kind: "checkpoint", path: "a" }]);
		expect(stored?.bytes.byteLength).toBe(0);
	});

	it("fences every writer but the one with owner, path and epoch, and writes nothing for it", async (driver) => {
		const owner = await driver.worker();
		const other = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		const before = await driver.snapshot(grant.runId);
		const outcomes = [completed("a", { result: "a" }), retryIn(10), failed(), RELEASED];
		for (const outcome of outcomes) {
			expect(await driver.settle(grant, other, outcome)).toEqual({ kind: "fenced" });
			expect(await driver.settle({ ...grant, epoch: grant.epoch + 1 }, owner, outcome)).toEqual({ kind: "fenced" });
			expect(await driver.settle({ ...grant, epoch: grant.epoch - 1 }, owner, outcome)).toEqual({ kind: "fenced" });
			expect(await driver.settle({ ...grant, path: "b" }, owner, outcome)).toEqual({ kind: "fenced" });
			expect(await driver.settle({ ...grant, runId: "unknown" }, owner, outcome)).toEqual({ kind: "fenced" });
		}
		expect(await driver.snapshot(grant.runId)).toEqual(before);
	});

	it("settles one attempt once, however many settles of it race", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		const commands = Array.from({ length: 20 }, () =>
			driver.settleCommand(grant, owner, completed("a", { open: [ready("b")] }), 0),
		);
		const results = await Promise.all(commands.map((command) => driver.backend.settle(command)));
		const fresh = results.filter((result) => result.kind === "settled" && !result.replayed);
		expect(fresh).toHaveLength(1);
		expect((await driver.instance("order-1")).progress.done).toBe(1);
		expect((await driver.snapshot(grant.runId)).checkpoints).toHaveLength(1);
	});

	it("keeps a failed attempt with its whole error and waits for the next", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		const result = await driver.settled(grant, owner, retryIn(4_000, "down"), 1);
		expect(result).toMatchObject({ status: "waiting", grants: [] });
		const { attempts, openNodes, checkpoints, instance } = await driver.snapshot(grant.runId);
		expect(checkpoints).toEqual([]);
		expect(instance).toMatchObject({ status: "waiting", error: null, progress: { done: 0 } });
		expect(only(attempts)).toEqual({
			path: "a",
			epoch: grant.epoch,
			attempt: 1,
			outcome: "failed",
			error: error("down"),
			startedAt: driver.clock.now() - 7,
			finishedAt: driver.clock.now(),
			worker: owner,
			nextAttemptAt: driver.clock.now() + 4_000,
			version: instance.version,
		});
		expect(only(openNodes)).toMatchObject({
			state: "retrying",
			attempt: 2,
			crashes: 0,
			owner: null,
			grantedAt: null,
			dueAt: driver.clock.now() + 4_000,
		});
	});

	it("numbers attempts on and keeps each one's error", async (driver) => {
		const owner = await driver.worker();
		let grant = await driver.startLeased("order-1", "a", owner);
		for (const attempt of [1, 2]) {
			expect(grant.attempt).toBe(attempt);
			await driver.settled(grant, owner, retryIn(100, `try ${attempt}`));
			driver.clock.advance(100);
			const next = await driver.claimOne(owner);
			expect(next.epoch).toBeGreaterThan(grant.epoch);
			grant = next;
		}
		await driver.finish(grant, owner);
		const { attempts, checkpoints } = await driver.snapshot(grant.runId);
		expect(attempts.map(({ attempt, error }) => [attempt, error?.message])).toEqual([
			[1, "try 1"],
			[2, "try 2"],
		]);
		expect(only(checkpoints).attempt).toBe(3);
	});

	it("fails the instance with the node that failed for good", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		const outcome = { kind: "failed", failure: { outcome: "timed_out", error: error("too slow") } } as const;
		expect(await driver.settled(grant, owner, outcome, 3)).toMatchObject({ status: "failed", grants: [] });
		const { instance, attempts, openNodes } = await driver.snapshot(grant.runId);
		expect(instance).toMatchObject({
			status: "failed",
			error: error("too slow"),
			failedPath: "a",
			endedAt: driver.clock.now(),
			output: null,
		});
		expect(only(attempts)).toMatchObject({ outcome: "timed_out", nextAttemptAt: null });
		expect(only(openNodes)).toMatchObject({ path: "a", state: "failed", owner: null });
		expect((await driver.claim(owner)).grants).toEqual([]);
	});

	it("keeps the attempt of a failure that is data beside its checkpoint", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		const recorded = [{ path: "a", output: "error|a", value: value({ message: "declined" }) }];
		const failure = { outcome: "failed", error: error("declined") } as const;
		await driver.settled(grant, owner, completed("a", { recorded, failure, open: [ready("b")] }));
		const { attempts, checkpoints, instance } = await driver.snapshot(grant.runId);
		expect(only(attempts)).toMatchObject({ path: "a", outcome: "failed", nextAttemptAt: null });
		expect(only(checkpoints)).toMatchObject({ path: "a", output: "error|a" });
		expect(instance).toMatchObject({ status: "in_progress", error: null });
	});

	it("takes back an unstarted lease and charges nothing", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		expect(await driver.settled(grant, owner, RELEASED, 1)).toMatchObject({ status: "in_progress", grants: [] });
		expect(await driver.openNode(grant.runId, "a")).toMatchObject({ state: "ready", attempt: 1, owner: null });
		expect((await driver.snapshot(grant.runId)).attempts).toEqual([]);
		const again = await driver.claimOne(await driver.worker());
		expect(again).toMatchObject({ path: "a", attempt: 1, crashes: 0 });
		expect(again.epoch).toBeGreaterThan(grant.epoch);
	});

	it("accepts a settle after expiry as long as nobody took the node over", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		driver.expireAll();
		const result = await driver.settled(grant, owner, completed("a", { open: [ready("b")] }), 1);
		expect(result).toMatchObject({ status: "in_progress", grants: [] });
		expect(await driver.openStates(grant.runId)).toEqual({ b: "ready" });
	});

	it("says waiting when all that it opens is a delay", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		const result = await driver.settled(grant, owner, completed("a", { open: [waiting("nap", 5_000)] }), 5);
		expect(result).toMatchObject({ status: "waiting", grants: [] });
		expect((await driver.openNode(grant.runId, "nap")).dueAt).toBe(driver.clock.now() + 5_000);
		driver.clock.advance(5_000);
		const due = await driver.claimOne(owner);
		const after = completed("nap", { recorded: [{ path: "nap", output: "a", value: null }], open: [ready("b")] });
		expect(await driver.settled(due, owner, after)).toMatchObject({ status: "in_progress" });
	});

	it("grants the nodes that became ready up to the slots named, and no others", async (driver) => {
		const owner = await driver.worker();
		await driver.start("other", [ready("z")]);
		const grant = await driver.startLeased("order-1", "a", owner);
		const nodes = ["b", "c", "d"].map((path) => ready(path));
		const { grants } = await driver.settled(grant, owner, completed("a", { open: nodes }), 2);
		expect(grants).toHaveLength(2);
		expect(grants.every(({ runId }) => runId === grant.runId)).toBe(true);
		expect(Object.values(await driver.openStates(grant.runId)).sort()).toEqual(["ready", "running", "running"]);
	});
}
