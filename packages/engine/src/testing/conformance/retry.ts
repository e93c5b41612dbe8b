import { expect } from "vitest";
import { awaiting, completed, failed, joining, ready, retryIn, waiting } from "./command-builders.ts";
import { casesOver, nth, type OpenBackend, only } from "./scripted-driver.ts";

export function retryCases(open: OpenBackend): void {
	const it = casesOver(open);

	it("resumes at the failed node with fresh attempts and keeps every checkpoint", async (driver) => {
		const owner = await driver.worker();
		const first = await driver.startLeased("order-1", "a", owner);
		const { grants } = await driver.settled(first, owner, completed("a", { open: [ready("b", { input: "a" })] }), 1);
		await driver.settled(only(grants), owner, retryIn(0));
		const second = await driver.claimOne(owner);
		expect(second.attempt).toBe(2);
		await driver.settled(second, owner, failed());
		driver.clock.advance(10);
		const before = await driver.snapshot(first.runId);
		const result = await driver.backend.retry(driver.request("order-1", { by: "ada" }));
		expect(result).toMatchObject({
			kind: "accepted",
			changed: true,
			inFlight: [],
			instance: { runId: first.runId, status: "in_progress", error: null, failedPath: null, endedAt: null },
		});
		const after = await driver.snapshot(first.runId);
		expect(after.checkpoints).toEqual(before.checkpoints);
		expect(after.attempts).toEqual(before.attempts);
		expect(only(after.controlRequests)).toMatchObject({
			kind: "retry",
			by: "ada",
			before: "failed",
			after: "in_progress",
		});
		expect((await driver.openNode(first.runId, "b")).epoch).toBeGreaterThan(second.epoch);
		const fresh = await driver.claimOne(owner);
		expect(fresh).toMatchObject({ path: "b", attempt: 1, crashes: 0, input: "a" });
		expect(fresh.epoch).toBeGreaterThan(second.epoch);
		expect(await driver.finish(fresh, owner)).toMatchObject({ status: "completed" });
	});

	it("reopens the siblings as they were opened and fences who held them", async (driver) => {
		const owner = await driver.worker();
		const nodes = [
			ready("f/a/1"),
			ready("f/b/1"),
			waiting("f/c/nap", 60_000),
			awaiting("f/d/w", "go", 90_000),
			awaiting("f/e/w", "stop"),
			joining("join", 5),
		];
		const start = driver.clock.now();
		const { instance, grants } = await driver.start("order-1", nodes, { grantTo: { owner, slots: 2 } });
		await driver.signal("order-1", "stop", { signalId: "s1" });
		const [broken, sibling] = [nth(grants, 0), nth(grants, 1)];
		await driver.settled(broken, owner, failed());
		await driver.backend.retry(driver.request("order-1"));
		expect(await driver.openStates(instance.runId)).toEqual({
			"f/a/1": "ready",
			"f/b/1": "ready",
			"f/c/nap": "waiting",
			"f/d/w": "awaiting_signal",
			"f/e/w": "ready",
			join: "joining",
		});
		expect((await driver.openNode(instance.runId, "f/c/nap")).dueAt).toBe(start + 60_000);
		expect((await driver.openNode(instance.runId, "f/d/w")).dueAt).toBe(start + 90_000);
		expect(await driver.openNode(instance.runId, "f/e/w")).toMatchObject({ signalId: "s1" });
		expect((await driver.openNode(instance.runId, "join")).remaining).toBe(5);
		expect(await driver.settle(sibling, owner, completed(sibling.path))).toEqual({ kind: "fenced" });
		const again = await driver.claim(owner);
		expect(again.grants.map(({ path, attempt }) => [path, attempt]).sort()).toEqual([
			["f/a/1", 1],
			["f/b/1", 1],
			["f/e/w", 1],
		]);
	});

	it("lets a sibling that was backing off run at once, with fresh attempts", async (driver) => {
		const owner = await driver.worker();
		const { grants } = await driver.start("order-1", [ready("f/x/a"), ready("f/y/a")], {
			grantTo: { owner, slots: 2 },
		});
		const [one, two] = [nth(grants, 0), nth(grants, 1)];
		await driver.settled(one, owner, retryIn(3_600_000));
		await driver.settled(two, owner, failed());
		await driver.backend.retry(driver.request("order-1"));
		const again = await driver.claim(owner);
		expect(again.grants.map(({ attempt }) => attempt)).toEqual([1, 1]);
	});

	it("runs a failed join again without its branches", async (driver) => {
		const owner = await driver.worker();
		const nodes = [ready("f/x/a"), joining("join", 1)];
		const { instance, grants } = await driver.start("order-1", nodes, { grantTo: { owner, slots: 1 } });
		const ended = await driver.settled(only(grants), owner, completed("f/x/a", { countDown: "join" }), 1);
		await driver.settled(only(ended.grants), owner, failed());
		await driver.backend.retry(driver.request("order-1"));
		expect(await driver.openStates(instance.runId)).toEqual({ join: "ready" });
		expect(await driver.claimOne(owner)).toMatchObject({ path: "join", attempt: 1 });
	});

	it("forgets the crashes of the failed node", async (driver) => {
		await driver.startLeased("order-1", "a", await driver.worker());
		driver.expireAll();
		const owner = await driver.worker();
		const taken = await driver.claimOne(owner);
		await driver.settled(taken, owner, failed());
		await driver.backend.retry(driver.request("order-1"));
		expect(await driver.claimOne(owner)).toMatchObject({ attempt: 1, crashes: 0 });
	});

	it("takes signals again once reopened", async (driver) => {
		const owner = await driver.worker();
		const nodes = [ready("f/x/a"), awaiting("f/y/w", "go"), joining("join", 2)];
		const { grants } = await driver.start("order-1", nodes, { grantTo: { owner, slots: 1 } });
		await driver.settled(only(grants), owner, failed());
		expect(await driver.signal("order-1", "go")).toMatchObject({ kind: "finished", instance: { status: "failed" } });
		await driver.backend.retry(driver.request("order-1"));
		expect(await driver.signal("order-1", "go")).toMatchObject({ kind: "stored", reservedFor: "f/y/w" });
	});

	it("can fail and be retried again and again", async (driver) => {
		const owner = await driver.worker();
		let grant = await driver.startLeased("order-1", "a", owner);
		for (let round = 1; round <= 3; round += 1) {
			await driver.settled(grant, owner, failed(`round ${round}`));
			await driver.backend.retry(driver.request("order-1"));
			grant = await driver.claimOne(owner);
		}
		const { attempts } = await driver.snapshot(grant.runId);
		expect(attempts.map(({ error }) => error?.message)).toEqual(["round 1", "round 2", "round 3"]);
	});

	it("refuses a live instance, and pause, unpause and cancel of a failed one", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		expect(await driver.backend.retry(driver.request("order-1"))).toMatchObject({ kind: "conflict" });
		await driver.settled(grant, owner, failed());
		for (const kind of ["pause", "unpause", "cancel"] as const) {
			const result = await driver.backend[kind](driver.request("order-1"));
			expect(result).toMatchObject({ kind: "finished", instance: { status: "failed" } });
		}
		expect(await driver.openStates(grant.runId)).toEqual({ a: "failed" });
	});
}
