import { expect } from "vitest";
import { awaiting, completed, definition, joining, ready, retryIn, waiting } from "./command-builders.ts";
import { casesOver, LEASE_MS, type OpenBackend, only } from "./scripted-driver.ts";

export function claimCases(open: OpenBackend): void {
	const it = casesOver(open);

	it("leases a ready node and says so on its row and its instance", async (driver) => {
		const owner = await driver.worker();
		const { instance } = await driver.start("order-1", [ready("a")]);
		driver.clock.advance(50);
		const { grants, now } = await driver.claim(owner);
		expect(now).toBe(driver.clock.now());
		expect(only(grants)).toEqual({
			instanceId: "order-1",
			runId: instance.runId,
			workflow: "order",
			definitionHash: definition().hash,
			path: "a",
			epoch: only(grants).epoch,
			attempt: 1,
			crashes: 0,
			input: "~input",
			signalId: null,
			dueAt: null,
		});
		expect(await driver.openNode(instance.runId, "a")).toMatchObject({
			state: "running",
			owner,
			grantedAt: now,
			epoch: only(grants).epoch,
		});
		expect(await driver.instance("order-1")).toMatchObject({ status: "in_progress", startedAt: now });
	});

	it("gives one ready node to exactly one of many racing workers", async (driver) => {
		const workers = await Promise.all(Array.from({ length: 8 }, () => driver.worker()));
		await driver.start("order-1", [ready("a")]);
		const results = await Promise.all(workers.map((owner) => driver.claim(owner)));
		expect(only(results.flatMap(({ grants }) => grants)).path).toBe("a");
	});

	it("shares many nodes among racing workers without giving one twice", async (driver) => {
		const workers = await Promise.all(Array.from({ length: 5 }, () => driver.worker()));
		for (let n = 0; n < 20; n += 1) await driver.start(`order-${n}`, [ready("a")]);
		const results = await Promise.all(workers.map((owner) => driver.claim(owner, { slots: 4 })));
		expect(results.map(({ grants }) => grants.length)).toEqual([4, 4, 4, 4, 4]);
		expect(new Set(results.flatMap(({ grants }) => grants.map(({ runId }) => runId))).size).toBe(20);
	});

	it("leases no more than the slots named, and nothing for none", async (driver) => {
		const owner = await driver.worker();
		for (let n = 0; n < 5; n += 1) await driver.start(`order-${n}`, [ready("a")]);
		expect((await driver.claim(owner, { slots: 0 })).grants).toEqual([]);
		expect((await driver.claim(owner, { slots: 3 })).grants).toHaveLength(3);
		expect((await driver.claim(owner, { slots: 3 })).grants).toHaveLength(2);
	});

	it("leases nothing to a worker that is unknown or whose lease has run out", async (driver) => {
		await driver.start("order-1", [ready("a")]);
		expect((await driver.claim("nobody")).grants).toEqual([]);
		const owner = await driver.worker();
		driver.expireAll();
		expect((await driver.claim(owner)).grants).toEqual([]);
	});

	it("filters before it limits, so that what it cannot run uses up no slot", async (driver) => {
		const owner = await driver.worker();
		for (let n = 0; n < 30; n += 1) {
			await driver.start(`foreign-${n}`, [ready("a", { priority: 1 })], { definition: definition("foreign") });
			await driver.start(`tagged-${n}`, [ready("a", { priority: 1, tags: ["gpu"] })]);
			await driver.start(`held-${n}`, [ready("a", { priority: 1 })]);
			await driver.backend.pause(driver.request(`held-${n}`));
			await driver.start(`later-${n}`, [waiting("a", 60_000, { priority: 1 })]);
		}
		await driver.start("mine", [ready("a", { priority: 5 })]);
		expect(await driver.claimOne(owner, { slots: 1 })).toMatchObject({ instanceId: "mine" });
	});

	it("leaves instances of other definitions alone", async (driver) => {
		const owner = await driver.worker();
		await driver.start("theirs", [ready("a")], { definition: definition("foreign") });
		expect((await driver.claim(owner)).grants).toEqual([]);
		expect((await driver.claim(owner, { definitions: [] })).grants).toEqual([]);
		const both = await driver.claimOne(owner, { definitions: [definition().hash, definition("foreign").hash] });
		expect(both).toMatchObject({ instanceId: "theirs", workflow: "foreign" });
	});

	it("takes a node only where all of its tags are served", async (driver) => {
		const owner = await driver.worker();
		await driver.start("both", [ready("a", { tags: ["gpu", "eu"] })]);
		await driver.start("quoted", [ready("a", { tags: ['say "hi", it\'s'] })]);
		expect((await driver.claim(owner)).grants).toEqual([]);
		expect((await driver.claim(owner, { tags: ["gpu"] })).grants).toEqual([]);
		expect((await driver.claim(owner, { tags: ["gpu", "eupen"] })).grants).toEqual([]);
		expect(await driver.claimOne(owner, { tags: ["eu", "gpu", "us"] })).toMatchObject({ instanceId: "both" });
		expect(await driver.claimOne(owner, { tags: ['say "hi", it\'s'] })).toMatchObject({ instanceId: "quoted" });
	});

	it("claims of one run alone when asked to", async (driver) => {
		const owner = await driver.worker();
		await driver.start("order-1", [ready("a", { priority: 1 })]);
		const { instance } = await driver.start("order-2", [ready("a")]);
		expect(await driver.claimOne(owner, { runId: instance.runId })).toMatchObject({ instanceId: "order-2" });
		expect((await driver.claim(owner, { runId: "unknown" })).grants).toEqual([]);
	});

	it("takes the best priority first, and the longest due within it", async (driver) => {
		const owner = await driver.worker();
		const starts = [
			["late-3", 3],
			["early-1", 1],
			["later-3", 3],
			["late-1", 1],
			["only-5", 5],
		] as const;
		for (const [instanceId, priority] of starts) {
			await driver.start(instanceId, [ready("a", { priority })]);
			driver.clock.advance(10);
		}
		const order: string[] = [];
		for (let n = 0; n < starts.length; n += 1) {
			order.push((await driver.claimOne(owner, { slots: 1 })).instanceId);
		}
		expect(order).toEqual(["early-1", "late-1", "late-3", "later-3", "only-5"]);
	});

	it("takes a due delay before a node that became ready after it was due", async (driver) => {
		const owner = await driver.worker();
		await driver.start("nap", [waiting("a", 100)]);
		driver.clock.advance(200);
		await driver.start("fresh", [ready("a")]);
		expect((await driver.claimOne(owner, { slots: 1 })).instanceId).toBe("nap");
	});

	it("fires a delay not before it is due, by the database's clock", async (driver) => {
		const owner = await driver.worker();
		const { instance } = await driver.start("order-1", [waiting("nap", 10_000)]);
		const dueAt = driver.clock.now() + 10_000;
		driver.clock.advance(9_999);
		expect(await driver.claim(owner)).toMatchObject({ grants: [], nextDueAt: dueAt });
		driver.clock.advance(1);
		const grant = await driver.claimOne(owner);
		expect(grant).toMatchObject({ path: "nap", dueAt, signalId: null });
		expect(await driver.openNode(instance.runId, "nap")).toMatchObject({ state: "waiting", owner });
		expect(await driver.stateOf("order-1")).toBe("waiting");
		const passed = { path: "nap", output: "~input", value: null };
		await driver.settled(grant, owner, completed("nap", { recorded: [passed], result: "nap" }));
		expect(await driver.stateOf("order-1")).toBe("completed");
	});

	it("keeps a delay of a hundred years", async (driver) => {
		const owner = await driver.worker();
		const century = 100 * 365.25 * 86_400_000;
		const { instance } = await driver.start("order-1", [waiting("nap", century)]);
		expect((await driver.openNode(instance.runId, "nap")).dueAt).toBe(driver.clock.now() + century);
		expect(await driver.claim(owner)).toMatchObject({ grants: [], nextDueAt: driver.clock.now() + century });
	});

	it("gives a failed attempt its next try not before it is due", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		await driver.settled(grant, owner, retryIn(3_000));
		driver.clock.advance(2_999);
		expect((await driver.claim(owner)).grants).toEqual([]);
		driver.clock.advance(1);
		const again = await driver.claimOne(owner);
		expect(again).toMatchObject({ path: "a", attempt: 2, crashes: 0 });
		expect(await driver.stateOf("order-1")).toBe("in_progress");
	});

	it("leases neither a wait without its signal nor a join without its branches", async (driver) => {
		const owner = await driver.worker();
		await driver.start("order-1", [awaiting("w", "go"), awaiting("t", "go", 5_000), joining("j", 2)]);
		expect((await driver.claim(owner)).grants).toEqual([]);
	});

	it("says when the next node that this caller could take is due", async (driver) => {
		const owner = await driver.worker();
		const now = driver.clock.now();
		expect((await driver.claim(owner)).nextDueAt).toBeNull();
		await driver.start("far", [waiting("a", 9_000)]);
		await driver.start("near", [awaiting("a", "go", 4_000)]);
		await driver.start("foreign", [waiting("a", 1_000)], { definition: definition("foreign") });
		await driver.start("tagged", [waiting("a", 1_500, { tags: ["gpu"] })]);
		await driver.start("held", [waiting("a", 2_000)]);
		await driver.backend.pause(driver.request("held"));
		expect((await driver.claim(owner)).nextDueAt).toBe(now + 4_000);
		expect((await driver.claim(owner, { tags: ["gpu"] })).nextDueAt).toBe(now + 1_500);
		driver.clock.advance(4_000);
		expect(await driver.claim(owner, { slots: 0 })).toMatchObject({ grants: [], nextDueAt: now + 9_000 });
	});

	it("says when the first lease of another worker that holds something runs out", async (driver) => {
		const [owner, holder, idle] = [await driver.worker(), await driver.worker(), await driver.worker()];
		const now = driver.clock.now();
		const end = async () => (await driver.claim(owner, { slots: 0 })).othersUntil;
		expect(await end()).toBeNull();
		await driver.startLeased("order-1", "a", holder);
		driver.clock.advance(1_000);
		await driver.startLeased("order-2", "a", owner);
		// A look at the others may serve several claims.
		await expect.poll(end).toBe(now + LEASE_MS);
		await driver.backend.heartbeat(holder, LEASE_MS);
		await driver.backend.heartbeat(idle, LEASE_MS);
		await expect.poll(end).toBe(now + 1_000 + LEASE_MS);
		driver.expireAll();
		await expect.poll(end).toBeNull();
	});

	it("remembers when the first lease of an instance was granted", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		const { startedAt } = await driver.instance("order-1");
		expect(startedAt).toBe(driver.clock.now());
		driver.clock.advance(10);
		await driver.settled(grant, owner, completed("a", { open: [ready("b")] }), 1);
		expect((await driver.instance("order-1")).startedAt).toBe(startedAt);
	});

	it("raises the epoch with every grant", async (driver) => {
		const owner = await driver.worker();
		let epoch = -1;
		await driver.start("order-1", [ready("a")]);
		for (let n = 0; n < 4; n += 1) {
			const grant = await driver.claimOne(owner);
			expect(grant.epoch).toBeGreaterThan(epoch);
			epoch = grant.epoch;
			await driver.settled(grant, owner, { kind: "released" });
		}
	});
}
