import { expect } from "vitest";
import { awaiting, completed, definition, joining, ready, waiting } from "./command-builders.ts";
import { casesOver, LEASE_MS, type OpenBackend, only } from "./scripted-driver.ts";

export function workerCases(open: OpenBackend): void {
	const it = casesOver(open);

	it("lists a worker with its times and the leases it holds", async (driver) => {
		const owner = await driver.worker();
		const now = driver.clock.now();
		await driver.startLeased("order-1", "a", owner);
		expect(only(await driver.backend.listWorkers())).toEqual({
			workerId: owner,
			name: `name of ${owner}`,
			slots: 10,
			startedAt: now,
			heartbeatAt: now,
			expiresAt: now + LEASE_MS,
			held: 1,
			profile: null,
		});
	});

	it("lists what a worker tells of itself", async (driver) => {
		const profile = { host: "north", pid: 7, version: "1.2.3", tags: ["gpu"], definitions: [definition().hash] };
		await driver.workerFor(profile);
		expect(only(await driver.backend.listWorkers()).profile).toEqual(profile);
	});

	it("keeps all leases of a worker alive with one heartbeat", async (driver) => {
		const owner = await driver.worker();
		await driver.startLeased("order-1", "a", owner);
		await driver.startLeased("order-2", "a", owner);
		for (let beat = 0; beat < 4; beat += 1) {
			driver.clock.advance(LEASE_MS - 1_000);
			const answer = await driver.backend.heartbeat(owner, LEASE_MS);
			expect(answer).toEqual({ alive: true, expiresAt: driver.clock.now() + LEASE_MS });
		}
		expect((await driver.claim(await driver.worker())).grants).toEqual([]);
		expect(await driver.backend.held(owner)).toHaveLength(2);
		expect((await driver.backend.listWorkers())[0]).toMatchObject({ heartbeatAt: driver.clock.now() });
	});

	it("does not let a heartbeat bring an expired or unknown worker back", async (driver) => {
		const owner = await driver.worker();
		await driver.startLeased("order-1", "a", owner);
		driver.expireAll();
		expect(await driver.backend.heartbeat(owner, LEASE_MS)).toMatchObject({ alive: false });
		expect(await driver.backend.heartbeat("nobody", LEASE_MS)).toMatchObject({ alive: false });
		expect((await driver.claim(await driver.worker())).grants).toHaveLength(1);
	});

	it("leaves the instance's version alone when a worker only beats", async (driver) => {
		const owner = await driver.worker();
		await driver.startLeased("order-1", "a", owner);
		const before = await driver.instance("order-1");
		driver.clock.advance(1_000);
		await driver.backend.heartbeat(owner, LEASE_MS);
		expect(await driver.instance("order-1")).toEqual(before);
	});

	it("frees what a retiring worker holds without charging an attempt", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		await driver.backend.retireWorker(owner);
		expect(await driver.backend.listWorkers()).toEqual([]);
		expect(await driver.openNode(grant.runId, "a")).toMatchObject({ state: "ready", attempt: 1, owner: null });
		expect((await driver.snapshot(grant.runId)).attempts).toEqual([]);
		const again = await driver.claimOne(await driver.worker());
		expect(again).toMatchObject({ attempt: 1, crashes: 0 });
		expect(await driver.settle(grant, owner, completed("a"))).toEqual({ kind: "fenced" });
	});

	it("puts freed waits and joins back as they were", async (driver) => {
		const owner = await driver.worker();
		const nodes = [waiting("f/x/nap", 100), awaiting("f/y/w", "go"), awaiting("f/z/t", "late", 100), joining("j", 3)];
		const { instance } = await driver.start("order-1", nodes);
		await driver.signal("order-1", "go", { signalId: "signal-1" });
		driver.clock.advance(100);
		expect((await driver.claim(owner)).grants).toHaveLength(3);
		await driver.backend.retireWorker(owner);
		expect(await driver.openStates(instance.runId)).toEqual({
			"f/x/nap": "waiting",
			"f/y/w": "ready",
			"f/z/t": "awaiting_signal",
			j: "joining",
		});
		const { grants } = await driver.claim(await driver.worker());
		expect(grants.map(({ path, signalId }) => [path, signalId]).sort()).toEqual([
			["f/x/nap", null],
			["f/y/w", "signal-1"],
			["f/z/t", null],
		]);
	});

	it("ignores the retirement of a worker that it does not know", async (driver) => {
		await driver.backend.retireWorker("nobody");
		expect(await driver.backend.listWorkers()).toEqual([]);
	});

	it("tells a worker what it holds, and what was asked of those instances", async (driver) => {
		const owner = await driver.worker();
		const running = await driver.startLeased("order-1", "a", owner);
		const paused = await driver.startLeased("order-2", "a", owner);
		const cancelled = await driver.startLeased("order-3", "a", owner);
		await driver.startLeased("order-4", "a", await driver.worker());
		await driver.backend.pause(driver.request("order-2"));
		await driver.backend.cancel(driver.request("order-3"));
		const held = [...(await driver.backend.held(owner))].sort((a, b) => (a.runId < b.runId ? -1 : 1));
		expect(held).toEqual([
			{ runId: running.runId, path: "a", epoch: running.epoch, control: "none" },
			{ runId: paused.runId, path: "a", epoch: paused.epoch, control: "pausing" },
			{ runId: cancelled.runId, path: "a", epoch: cancelled.epoch, control: "cancelling" },
		]);
	});

	it("tells a worker of no lease that it lost", async (driver) => {
		const owner = await driver.worker();
		await driver.startLeased("order-1", "a", owner);
		driver.expireAll();
		expect(await driver.backend.held(owner)).toEqual([]);
		expect(await driver.backend.held("nobody")).toEqual([]);
	});

	it("frees nothing of another worker", async (driver) => {
		const [one, two] = [await driver.worker(), await driver.worker()];
		await driver.start("order-1", [ready("f/x/a"), ready("f/y/a")]);
		const mine = await driver.claimOne(one, { slots: 1 });
		const theirs = await driver.claimOne(two, { slots: 1 });
		await driver.backend.retireWorker(one);
		expect(await driver.settled(theirs, two, completed(theirs.path))).toMatchObject({ status: "in_progress" });
		expect(await driver.settle(mine, one, completed(mine.path))).toEqual({ kind: "fenced" });
	});
}
