import { expect } from "vitest";
import { awaiting, completed, ready, waiting } from "./command-builders.ts";
import { casesOver, LEASE_MS, type OpenBackend, only } from "./scripted-driver.ts";

/** What happens to the leases of a worker that died. */
export function takeoverCases(open: OpenBackend): void {
	const it = casesOver(open);

	it("leaves a lease alone until it has expired", async (driver) => {
		const owner = await driver.worker();
		await driver.startLeased("order-1", "a", owner);
		driver.clock.advance(LEASE_MS - 1);
		const other = await driver.worker();
		expect((await driver.claim(other)).grants).toEqual([]);
		driver.clock.advance(2);
		expect((await driver.claim(other)).grants).toHaveLength(1);
	});

	it("counts the crash as an attempt before anything runs again", async (driver) => {
		const dead = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", dead);
		driver.expireAll();
		const owner = await driver.worker();
		const taken = await driver.claimOne(owner);
		expect(taken).toMatchObject({ path: "a", attempt: 2, crashes: 1, input: "~input" });
		expect(taken.epoch).toBeGreaterThan(grant.epoch);
		const lost = only((await driver.snapshot(grant.runId)).attempts);
		expect(lost).toMatchObject({ path: "a", epoch: grant.epoch, attempt: 1, outcome: "lost", worker: dead });
		expect(lost.error).not.toBeNull();
		expect(lost.startedAt).toBe(driver.clock.now() - LEASE_MS - 1);
		expect(await driver.openNode(grant.runId, "a")).toMatchObject({ state: "running", owner, attempt: 2, crashes: 1 });
	});

	it("counts every crash of a node that keeps killing its worker", async (driver) => {
		await driver.startLeased("order-1", "a", await driver.worker());
		for (const crashes of [1, 2, 3]) {
			driver.expireAll();
			const taken = await driver.claimOne(await driver.worker());
			expect(taken).toMatchObject({ attempt: crashes + 1, crashes });
		}
		const { attempts } = await driver.snapshot((await driver.instance("order-1")).runId);
		expect(attempts.map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
			[1, "lost"],
			[2, "lost"],
			[3, "lost"],
		]);
	});

	it("fences the old worker after the takeover, whatever it wants to write", async (driver) => {
		const dead = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", dead);
		driver.expireAll();
		await driver.claimOne(await driver.worker());
		const before = await driver.snapshot(grant.runId);
		expect(await driver.settle(grant, dead, completed("a", { result: "a" }))).toEqual({ kind: "fenced" });
		expect(await driver.settle(grant, dead, { kind: "released" })).toEqual({ kind: "fenced" });
		expect(await driver.snapshot(grant.runId)).toEqual(before);
	});

	it("fences by epoch also when the new owner carries the very same worker id", async (driver) => {
		const owner = await driver.worker("twin");
		const old = await driver.startLeased("order-1", "a", owner);
		driver.expireAll();
		await driver.backend.retireWorker("twin");
		await driver.worker("twin");
		const fresh = await driver.claimOne("twin");
		expect(fresh.epoch).toBeGreaterThan(old.epoch);
		expect(await driver.settle(old, "twin", completed("a", { result: "a" }))).toEqual({ kind: "fenced" });
		expect(await driver.settled(fresh, "twin", completed("a", { result: "a" }))).toMatchObject({ status: "completed" });
	});

	it("gives an abandoned node to exactly one of many racing workers", async (driver) => {
		await driver.startLeased("order-1", "a", await driver.worker());
		driver.expireAll();
		const workers = await Promise.all(Array.from({ length: 6 }, () => driver.worker()));
		const results = await Promise.all(workers.map((owner) => driver.claim(owner)));
		const taken = only(results.flatMap(({ grants }) => grants));
		expect(taken).toMatchObject({ attempt: 2, crashes: 1 });
		expect((await driver.snapshot(taken.runId)).attempts).toHaveLength(1);
	});

	it("charges nothing for a delay that was only being settled", async (driver) => {
		const { instance } = await driver.start("order-1", [waiting("nap", 100)]);
		driver.clock.advance(100);
		const first = await driver.claimOne(await driver.worker());
		driver.expireAll();
		const again = await driver.claimOne(await driver.worker());
		expect(again).toMatchObject({ path: "nap", attempt: 1, crashes: 0 });
		expect(again.epoch).toBeGreaterThan(first.epoch);
		expect((await driver.snapshot(instance.runId)).attempts).toEqual([]);
	});

	it("charges nothing for a wait whose signal was only being settled, and keeps the signal", async (driver) => {
		const { instance } = await driver.start("order-1", [awaiting("w", "go")]);
		await driver.signal("order-1", "go", { signalId: "signal-1" });
		await driver.claimOne(await driver.worker());
		driver.expireAll();
		const again = await driver.claimOne(await driver.worker());
		expect(again).toMatchObject({ path: "w", attempt: 1, crashes: 0, signalId: "signal-1" });
		expect((await driver.snapshot(instance.runId)).attempts).toEqual([]);
	});

	it("charges the running nodes of a dead worker and none that it never held", async (driver) => {
		const dead = await driver.worker();
		const nodes = [ready("f/x/a"), ready("f/y/a")];
		const { instance } = await driver.start("order-1", nodes, { grantTo: { owner: dead, slots: 1 } });
		driver.expireAll();
		const { grants } = await driver.claim(await driver.worker());
		expect(grants.map(({ crashes }) => crashes).sort()).toEqual([0, 1]);
		expect((await driver.snapshot(instance.runId)).attempts).toHaveLength(1);
	});

	it("does not take a dead worker's node over for a worker that cannot run it", async (driver) => {
		const dead = await driver.worker();
		await driver.start("order-1", [ready("a", { tags: ["gpu"] })], { grantTo: { owner: dead, slots: 1 } });
		driver.expireAll();
		expect((await driver.claim(await driver.worker())).grants).toEqual([]);
		expect((await driver.claim(await driver.worker(), { definitions: [] })).grants).toEqual([]);
		expect((await driver.claim(await driver.worker(), { tags: ["gpu"] })).grants).toHaveLength(1);
	});
}
