import { expect } from "vitest";
import type { ControlResult, RetryNowCommand } from "../../backend/commands.ts";
import { AVOID_MS } from "../../core/dispatch.ts";
import { awaiting, completed, failed, joining, ready, retryIn, waiting } from "./command-builders.ts";
import { casesOver, nth, type OpenBackend, only, type ScriptedDriver } from "./scripted-driver.ts";

const HOUR_MS = 3_600_000;

export function retryNowCases(open: OpenBackend): void {
	const it = casesOver(open);

	it("makes a node due now that waits for its next attempt, and leaves all else as it was", async (driver) => {
		const owner = await driver.worker();
		const runId = await inBackoff(driver, owner);
		driver.clock.advance(5);
		const before = await driver.snapshot(runId);
		const result = await retryNow(driver, "order-1", "a", { by: "ada", reason: "it is up again" });
		expect(result).toMatchObject({ kind: "accepted", changed: true, inFlight: [], instance: { status: "waiting" } });
		const after = await driver.snapshot(runId);
		const { version } = after.instance;
		expect(after.openNodes).toEqual([{ ...only(before.openNodes), dueAt: driver.clock.now(), version }]);
		expect(after.attempts).toEqual(before.attempts);
		const request = only(after.controlRequests);
		expect(request).toEqual({
			requestId: request.requestId,
			kind: "retryNow",
			path: "a",
			by: "ada",
			reason: "it is up again",
			requestedAt: driver.clock.now(),
			result: "applied",
			before: "waiting",
			after: "waiting",
			because: null,
			version,
		});
		expect(await driver.claimOne(owner)).toMatchObject({ path: "a", attempt: 2, crashes: 0, epoch: 2 });
	});

	it("gives no fresh attempts: the next failure counts on from there", async (driver) => {
		const owner = await driver.worker();
		const runId = await inBackoff(driver, owner);
		for (const attempt of [2, 3]) {
			await retryNow(driver, "order-1", "a");
			const grant = await driver.claimOne(owner);
			expect(grant.attempt).toBe(attempt);
			await driver.settled(grant, owner, retryIn(HOUR_MS));
		}
		expect((await driver.snapshot(runId)).attempts.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
		expect(await driver.openNode(runId, "a")).toMatchObject({ attempt: 4, dueAt: driver.clock.now() + HOUR_MS });
	});

	it("changes nothing the second time, before anybody has taken the node", async (driver) => {
		const runId = await inBackoff(driver, await driver.worker());
		await retryNow(driver, "order-1", "a");
		const { dueAt } = await driver.openNode(runId, "a");
		driver.clock.advance(3);
		expect(await retryNow(driver, "order-1", "a")).toMatchObject({ kind: "accepted", changed: false });
		expect((await driver.openNode(runId, "a")).dueAt).toBe(dueAt);
		const results = (await driver.snapshot(runId)).controlRequests.map(({ result }) => result);
		expect(results).toEqual(["applied", "unchanged"]);
	});

	it("changes nothing of a node whose backoff is over by itself", async (driver) => {
		const runId = await inBackoff(driver, await driver.worker(), 10);
		const { dueAt } = await driver.openNode(runId, "a");
		driver.clock.advance(10);
		expect(await retryNow(driver, "order-1", "a")).toMatchObject({ kind: "accepted", changed: false });
		expect((await driver.openNode(runId, "a")).dueAt).toBe(dueAt);
	});

	it("lets one attempt begin for two people and two workers at once", async (driver) => {
		const failedOn = await driver.worker();
		const runId = await inBackoff(driver, failedOn);
		const other = await driver.worker();
		const [mira, tom] = await Promise.all([
			retryNow(driver, "order-1", "a", { by: "mira" }),
			retryNow(driver, "order-1", "a", { by: "tom" }),
		]);
		expect([mira, tom].map((result) => result.kind === "accepted" && result.changed).sort()).toEqual([false, true]);
		const claims = await Promise.all([driver.claim(other), driver.claim(failedOn), driver.claim(other)]);
		const grant = only(claims.flatMap(({ grants }) => grants));
		expect(grant).toMatchObject({ path: "a", attempt: 2, epoch: 2 });
		expect(await retryNow(driver, "order-1", "a")).toMatchObject({ kind: "conflict" });
		await driver.finish(grant, other);
		expect((await driver.snapshot(runId)).checkpoints).toMatchObject([{ path: "a", attempt: 2 }]);
	});

	it("takes nothing from a lease: an attempt that has begun by then is the only one", async (driver) => {
		const owner = await driver.worker();
		const runId = await inBackoff(driver, owner, 10);
		driver.clock.advance(10);
		const grant = await driver.claimOne(owner);
		const before = await driver.openNode(runId, "a");
		refusedFor(await retryNow(driver, "order-1", "a"), "that node is running");
		expect(await driver.openNode(runId, "a")).toEqual(before);
		expect((await driver.claim(await driver.worker())).grants).toEqual([]);
		expect(await driver.finish(grant, owner)).toMatchObject({ status: "completed" });
	});

	it("leaves it to another live worker than the one it failed on for a moment, counted from then", async (driver) => {
		const failedOn = await driver.worker();
		await inBackoff(driver, failedOn);
		await driver.worker();
		await retryNow(driver, "order-1", "a");
		const { grants, nextDueAt } = await driver.claim(failedOn);
		expect([grants, nextDueAt]).toEqual([[], driver.clock.now() + AVOID_MS]);
		driver.clock.advance(AVOID_MS);
		expect(await driver.claimOne(failedOn)).toMatchObject({ attempt: 2 });
	});

	it("is about one node: its siblings wait on", async (driver) => {
		const owner = await driver.worker();
		const nodes = [ready("f/x/a"), ready("f/y/a"), waiting("f/z/nap", HOUR_MS), joining("j", 3)];
		const { grants, instance } = await driver.start("order-1", nodes, { grantTo: { owner, slots: 2 } });
		for (const grant of grants) await driver.settled(grant, owner, retryIn(HOUR_MS));
		const before = await driver.snapshot(instance.runId);
		await retryNow(driver, "order-1", "f/y/a");
		const { openNodes } = await driver.snapshot(instance.runId);
		expect(openNodes.filter(({ path }) => path !== "f/y/a")).toEqual(
			before.openNodes.filter(({ path }) => path !== "f/y/a"),
		);
		expect(await driver.claimOne(owner)).toMatchObject({ path: "f/y/a", attempt: 2 });
	});

	it("refuses what is not in backoff, says what it is, and audits that", async (driver) => {
		const owner = await driver.worker();
		const nodes = [
			ready("running"),
			ready("ready"),
			waiting("nap", HOUR_MS),
			awaiting("ask", "go", HOUR_MS),
			joining("j", 2),
		];
		const { instance } = await driver.start("order-1", nodes, { grantTo: { owner, slots: 1 } });
		const before = await driver.snapshot(instance.runId);
		const reasons = {
			running: "that node is running",
			ready: "that node is ready already",
			nap: "that node waits for its time, not for a retry",
			ask: "that node waits for a signal, not for a retry",
			j: "that node waits for its branches, not for a retry",
			nowhere: "no such node is open",
		};
		for (const [path, because] of Object.entries(reasons)) {
			refusedFor(await retryNow(driver, "order-1", path), because);
		}
		const { openNodes, controlRequests } = await driver.snapshot(instance.runId);
		expect(openNodes).toEqual(before.openNodes);
		expect(controlRequests.map(({ kind, path, result, because }) => [kind, path, result, because])).toEqual(
			Object.entries(reasons).map(([path, because]) => ["retryNow", path, "refused", because]),
		);
	});

	it("refuses a recorded node", async (driver) => {
		const owner = await driver.worker();
		const first = await driver.startLeased("order-1", "a", owner);
		await driver.settled(first, owner, completed("a", { open: [ready("b")] }));
		refusedFor(await retryNow(driver, "order-1", "a"), "no such node is open");
	});

	it("refuses a paused instance, and cuts the wait short after the unpause", async (driver) => {
		const owner = await driver.worker();
		const runId = await inBackoff(driver, owner);
		const { dueAt } = await driver.openNode(runId, "a");
		await driver.backend.pause(driver.request("order-1"));
		refusedFor(await retryNow(driver, "order-1", "a"), "it is paused");
		expect((await driver.openNode(runId, "a")).dueAt).toBe(dueAt);
		await driver.backend.unpause(driver.request("order-1"));
		expect((await driver.claim(owner)).grants).toEqual([]);
		await retryNow(driver, "order-1", "a");
		expect(await driver.claimOne(owner)).toMatchObject({ path: "a", attempt: 2 });
	});

	it("refuses an instance that is pausing or being cancelled", async (driver) => {
		const owner = await driver.worker();
		const { grants } = await driver.start("order-1", [ready("f/x/a"), ready("f/y/a")], {
			grantTo: { owner, slots: 2 },
		});
		const waits = nth(grants, 0).path;
		await driver.settled(nth(grants, 0), owner, retryIn(HOUR_MS));
		await driver.backend.pause(driver.request("order-1"));
		refusedFor(await retryNow(driver, "order-1", waits), "it is being paused");
		await driver.backend.cancel(driver.request("order-1"));
		refusedFor(await retryNow(driver, "order-1", waits), "it is being cancelled");
	});

	it("refuses what has ended with how it ended", async (driver) => {
		const owner = await driver.worker();
		await driver.finish(await driver.startLeased("done", "a", owner), owner);
		await driver.settled(await driver.startLeased("broken", "a", owner), owner, failed());
		await driver.start("ended", [ready("a")]);
		await driver.backend.cancel(driver.request("ended"));
		for (const [id, status] of [
			["done", "completed"],
			["broken", "failed"],
			["ended", "cancelled"],
		] as const) {
			expect(await retryNow(driver, id, "a")).toMatchObject({ kind: "finished", instance: { status } });
		}
		expect(await retryNow(driver, "nobody", "a")).toEqual({ kind: "not_found" });
	});

	it("answers a repeated request as the first time, also when the attempt has begun since", async (driver) => {
		const owner = await driver.worker();
		const runId = await inBackoff(driver, owner);
		const command = { ...driver.request("order-1"), path: "a" };
		expect(await driver.backend.retryNow(command)).toMatchObject({ kind: "accepted", changed: true });
		const grant = await driver.claimOne(owner);
		expect(await driver.backend.retryNow(command)).toMatchObject({ kind: "accepted", changed: true });
		await driver.settled(grant, owner, retryIn(HOUR_MS));
		expect(await driver.backend.retryNow(command)).toMatchObject({ kind: "accepted", changed: true });
		expect((await driver.openNode(runId, "a")).dueAt).toBe(driver.clock.now() + HOUR_MS);
		expect((await driver.snapshot(runId)).controlRequests).toHaveLength(1);
	});

	it("refuses a request id that was used for another node or another request", async (driver) => {
		await inBackoff(driver, await driver.worker());
		const request = driver.request("order-1");
		await driver.backend.retryNow({ ...request, path: "a" });
		const refusal = { code: "InvalidArgument", argument: "requestId" };
		await expect(driver.backend.retryNow({ ...request, path: "b" })).rejects.toMatchObject(refusal);
		await expect(driver.backend.pause(request)).rejects.toMatchObject(refusal);
	});

	it("refuses what was meant for another run, and who may not", async (driver) => {
		const old = await inBackoff(driver, await driver.worker());
		refusedFor(await retryNow(driver, "order-1", "a", { forbidden: "a viewer may not" }), "a viewer may not");
		const another = await driver.start("order-1", [ready("a")], { onConflict: "terminateExisting" });
		const stale = await retryNow(driver, "order-1", "a", { expectedRunId: old });
		expect(stale).toMatchObject({ kind: "conflict", instance: { runId: another.instance.runId } });
	});

	it("can be asked of by path in the list of all requests", async (driver) => {
		await inBackoff(driver, await driver.worker());
		await retryNow(driver, "order-1", "a");
		await driver.backend.pause(driver.request("order-1"));
		const query = { kinds: [], results: [], by: null, instanceId: null, limit: 10, cursor: null };
		const { requests } = await driver.backend.listRequests({ ...query, kinds: ["retryNow"] });
		expect(only(requests)).toMatchObject({ kind: "retryNow", path: "a", instanceId: "order-1" });
		expect((await driver.backend.listRequests(query)).requests).toHaveLength(2);
	});
}

/** An instance whose node `a` failed once and waits for its second attempt. Answers its run. */
async function inBackoff(driver: ScriptedDriver, owner: string, delayMs = HOUR_MS): Promise<string> {
	const grant = await driver.startLeased("order-1", "a", owner);
	await driver.settled(grant, owner, retryIn(delayMs));
	return grant.runId;
}

function retryNow(
	driver: ScriptedDriver,
	instanceId: string,
	path: string,
	details: Partial<RetryNowCommand> = {},
): Promise<ControlResult> {
	return driver.backend.retryNow({ ...driver.request(instanceId, details), path });
}

function refusedFor(result: ControlResult, because: string): void {
	expect(result).toMatchObject({ kind: "conflict", because });
}
