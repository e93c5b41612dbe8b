import { expect } from "vitest";
import { AVOID_MS, byClaimRank, DEFAULT_AGING_MS } from "../../core/dispatch.ts";
import { completed, definition, failed, ready, retryIn } from "./command-builders.ts";
import { casesOver, type OpenBackend, type ScriptedDriver } from "./scripted-driver.ts";

/** Which of several nodes a claim takes first, and who takes it. */
export function dispatchCases(open: OpenBackend): void {
	const it = casesOver(open);

	it("lets a node of the last priority go first once it has waited four steps of aging", async (driver) => {
		const owner = await driver.worker();
		await driver.start("old-5", [ready("a", { priority: 5 })]);
		driver.clock.advance(4 * DEFAULT_AGING_MS - 1);
		await driver.backend.heartbeat(owner, 1);
		const heir = await driver.worker();
		await driver.start("early-1", [ready("a", { priority: 1 })]);
		driver.clock.advance(2);
		await driver.start("late-1", [ready("a", { priority: 1 })]);
		const order = [];
		for (let n = 0; n < 3; n += 1) order.push((await driver.claimOne(heir, { slots: 1 })).instanceId);
		expect(order).toEqual(["early-1", "old-5", "late-1"]);
	});

	it("ages as fast as the caller says", async (driver) => {
		const owner = await driver.worker();
		await driver.start("old-5", [ready("a", { priority: 5 })]);
		driver.clock.advance(41);
		await driver.start("new-1", [ready("a", { priority: 1 })]);
		expect(await driver.claimOne(owner, { slots: 1, agingMs: 10 })).toMatchObject({ instanceId: "old-5" });
	});

	it("starves no priority, however much of a better one arrives", async (driver) => {
		const owner = await driver.worker("lasting", 3_600_000);
		await driver.start("patient", [ready("a", { priority: 5 })]);
		for (let minute = 0; minute < 6; minute += 1) {
			for (let n = 0; n < 3; n += 1) await driver.start(`urgent-${minute}-${n}`, [ready("a", { priority: 1 })]);
			const { grants } = await driver.claim(owner, { slots: 3 });
			expect(grants.some(({ instanceId }) => instanceId === "patient")).toBe(minute === 5);
			driver.clock.advance(DEFAULT_AGING_MS);
		}
	});

	it("takes a mixed queue in order of rank, across definitions, tags and priorities", async (driver) => {
		const owner = await driver.worker();
		const kinds = [definition("order"), definition("foreign")] as const;
		const queued = [];
		let seed = 7;
		for (let n = 0; n < 60; n += 1) {
			seed = (seed * 48_271) % 2_147_483_647;
			const priority = 1 + (seed % 5);
			const tags = seed % 3 === 0 ? ["gpu"] : [];
			const instanceId = `i-${n}`;
			driver.clock.advance(1 + (seed % 50));
			queued.push({ instanceId, priority, dueAt: driver.clock.now() });
			await driver.start(instanceId, [ready("a", { priority, tags })], { definition: kinds[seed % 2 === 0 ? 0 : 1] });
		}
		const can = { definitions: kinds.map(({ hash }) => hash), tags: ["gpu"], agingMs: 200, slots: 7 };
		const taken: string[] = [];
		while (taken.length < queued.length) {
			const { grants } = await driver.claim(owner, can);
			expect(grants.length).toBeGreaterThan(0);
			taken.push(...grants.map(({ instanceId }) => instanceId));
		}
		const expected = queued.sort((a, b) => byClaimRank(a, b, 200)).map(({ instanceId }) => instanceId);
		expect(taken).toEqual(expected);
	});

	it("leases each of N ready nodes within N/W + 1 rounds of W workers", async (driver) => {
		const workers = await Promise.all([1, 2, 3].map(() => driver.worker()));
		for (let n = 0; n < 30; n += 1) {
			const kind = definition(n % 4 === 0 ? "foreign" : "order");
			await driver.start(`i-${n}`, [ready("a", { priority: 1 + (n % 5) })], { definition: kind });
		}
		const definitions = [definition("order").hash, definition("foreign").hash];
		const leased = new Set<string>();
		for (let round = 0; round < 30 / workers.length + 1; round += 1) {
			const results = await Promise.all(workers.map((owner) => driver.claim(owner, { slots: 1, definitions })));
			for (const { grants } of results) for (const { instanceId } of grants) leased.add(instanceId);
		}
		expect(leased.size).toBe(30);
	});

	it("leaves a retry to another worker than the one it failed on", async (driver) => {
		const [one, two] = [await driver.worker(), await driver.worker()];
		const dueAt = await failOn(driver, one);
		expect(await driver.claim(one)).toMatchObject({ grants: [], nextDueAt: dueAt + AVOID_MS });
		expect(await driver.claimOne(two)).toMatchObject({ path: "a", attempt: 2 });
	});

	it("lets the worker that it failed on have a retry that no other took in time", async (driver) => {
		const one = await driver.worker();
		await driver.worker();
		await failOn(driver, one);
		driver.clock.advance(AVOID_MS - 1);
		expect((await driver.claim(one)).grants).toEqual([]);
		driver.clock.advance(1);
		expect(await driver.claimOne(one)).toMatchObject({ path: "a", attempt: 2 });
	});

	it("gives a retry to the worker that it failed on at once where no other lives, or for its own run", async (driver) => {
		const one = await driver.worker();
		await failOn(driver, one, "alone");
		expect(await driver.claimOne(one)).toMatchObject({ instanceId: "alone" });
		await driver.worker("dying", 1);
		driver.clock.advance(2);
		await failOn(driver, one, "left");
		expect(await driver.claimOne(one)).toMatchObject({ instanceId: "left" });
		await driver.worker();
		await failOn(driver, one, "mine");
		const { runId } = await driver.instance("mine");
		expect(await driver.claimOne(one, { runId })).toMatchObject({ instanceId: "mine" });
	});

	it("finds what a settle opened with other tags than the node before it had", async (driver) => {
		const owner = await driver.worker();
		const [gpu, plain] = [{ tags: ["gpu"] }, { tags: [] }];
		await driver.start("first-gpu", [ready("x", { ...gpu, priority: 1 })]);
		await driver.start("order-1", [ready("a", gpu), ready("z", { ...gpu, priority: 5 })]);
		const { runId } = await driver.instance("order-1");
		const { grants } = await driver.claim(owner, { tags: ["gpu"], runId, slots: 1 });
		const [grant] = grants;
		if (grant === undefined) return expect.unreachable("a lease on a");
		await driver.settled(grant, owner, completed("a", { open: [ready("b", plain), ready("c", gpu)] }));
		const taken = (await driver.claim(owner)).grants;
		expect(taken.map(({ path }) => path)).toEqual(["b"]);
		const rest = (await driver.claim(owner, { tags: ["gpu"] })).grants;
		expect(rest.map(({ path }) => path).sort()).toEqual(["c", "x", "z"]);
	});

	it("claims what was ready before a pause, and what opened during it, after the unpause", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		await driver.start("order-2", [ready("x"), ready("y", { tags: ["gpu"] })]);
		for (const id of ["order-1", "order-2"]) await driver.backend.pause(driver.request(id));
		await driver.settled(grant, owner, completed("a", { open: [ready("b"), ready("c")] }), 2);
		expect(await driver.stateOf("order-1")).toBe("paused");
		expect((await driver.claim(owner, { tags: ["gpu"] })).grants).toEqual([]);
		for (const id of ["order-1", "order-2"]) await driver.backend.unpause(driver.request(id));
		const { grants } = await driver.claim(owner, { tags: ["gpu"] });
		expect(grants.map(({ path }) => path).sort()).toEqual(["b", "c", "x", "y"]);
	});

	it("claims what opened while a pause was pending that was then withdrawn, or lost to a failure", async (driver) => {
		const owner = await driver.worker();
		await driver.start("order-1", [ready("a"), ready("b")]);
		const { grants } = await driver.claim(owner);
		const [first, second] = grants;
		if (first === undefined || second === undefined) return expect.unreachable("two leases");
		await driver.backend.pause(driver.request("order-1"));
		await driver.settled(first, owner, completed(first.path, { open: [ready("c")] }));
		await driver.backend.unpause(driver.request("order-1"));
		expect(await driver.claimOne(owner)).toMatchObject({ path: "c" });
		await driver.backend.pause(driver.request("order-1"));
		await driver.settled(second, owner, failed());
		expect(await driver.stateOf("order-1")).toBe("failed");
		await driver.backend.retry(driver.request("order-1"));
		const again = (await driver.claim(owner)).grants.map(({ path }) => path).sort();
		expect(again).toEqual([second.path, "c"].sort());
	});
}

/** Starts an instance whose node fails on that worker; waits out the backoff, and answers when it was due. */
async function failOn(driver: ScriptedDriver, owner: string, instanceId = "order-1"): Promise<number> {
	const grant = await driver.startLeased(instanceId, "a", owner);
	await driver.settled(grant, owner, retryIn(100));
	driver.clock.advance(100);
	return driver.clock.now();
}
