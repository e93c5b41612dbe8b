import { expect } from "vitest";
import { awaiting, completed, ready } from "./command-builders.ts";
import { casesOver, type OpenBackend, only } from "./scripted-driver.ts";

/** The earlier of acknowledgement and due time wins, by the database's clock; exactly one does. */
export function timeoutCases(open: OpenBackend): void {
	const it = casesOver(open);
	const timedOut = completed("w", {
		recorded: [{ path: "w", output: "timeout|~none", value: null }],
		open: [ready("a")],
	});

	it("ends a wait by its timeout once that is due, and not before", async (driver) => {
		const owner = await driver.worker();
		const { instance } = await driver.start("order-1", [awaiting("w", "go", 5_000)]);
		const dueAt = driver.clock.now() + 5_000;
		driver.clock.advance(4_999);
		expect(await driver.claim(owner)).toMatchObject({ grants: [], nextDueAt: dueAt });
		driver.clock.advance(1);
		const grant = await driver.claimOne(owner);
		expect(grant).toMatchObject({ path: "w", signalId: null, dueAt });
		await driver.settled(grant, owner, timedOut);
		const [output] = await driver.backend.readOutputs(instance.runId, ["w"]);
		expect(output).toBe("timeout|~none");
	});

	it("lets a signal win that came before the due time, however late it is settled", async (driver) => {
		await driver.start("order-1", [awaiting("w", "go", 5_000)]);
		driver.clock.advance(4_999);
		await driver.signal("order-1", "go", { signalId: "s1" });
		driver.clock.advance(86_400_000);
		const owner = await driver.worker();
		expect(await driver.claimOne(owner)).toMatchObject({ path: "w", signalId: "s1" });
	});

	it("lets the timeout win over a signal that came after the due time, though nobody settled it yet", async (driver) => {
		const { instance } = await driver.start("order-1", [awaiting("w", "go", 5_000)]);
		driver.clock.advance(5_001);
		expect(await driver.signal("order-1", "go")).toMatchObject({ kind: "stored", reservedFor: null });
		const owner = await driver.worker();
		const grant = await driver.claimOne(owner);
		expect(grant).toMatchObject({ path: "w", signalId: null });
		await driver.settled(grant, owner, timedOut);
		expect(only((await driver.snapshot(instance.runId)).signals)).toMatchObject({
			reservedFor: null,
			consumedBy: null,
		});
	});

	it("lets the timeout win over a signal that comes while it is being settled", async (driver) => {
		const owner = await driver.worker();
		await driver.start("order-1", [awaiting("w", "go", 5_000)]);
		driver.clock.advance(5_000);
		const grant = await driver.claimOne(owner);
		driver.clock.advance(1);
		expect(await driver.signal("order-1", "go")).toMatchObject({ reservedFor: null });
		expect(await driver.settle(grant, owner, timedOut)).toMatchObject({ kind: "settled" });
	});

	it("keeps the signal that lost for the next wait of its name", async (driver) => {
		const owner = await driver.worker();
		await driver.start("order-1", [awaiting("w", "go", 5_000)]);
		driver.clock.advance(5_001);
		await driver.signal("order-1", "go", { signalId: "s1" });
		const grant = await driver.claimOne(owner);
		const outcome = { ...timedOut, open: [awaiting("w2", "go", 5_000)] };
		expect(only((await driver.settled(grant, owner, outcome, 1)).grants)).toMatchObject({ path: "w2", signalId: "s1" });
	});

	it("gives a signal to a younger wait when the oldest has timed out", async (driver) => {
		await driver.start("order-1", [awaiting("f/x/w", "go", 1_000), awaiting("f/y/w", "go", 9_000)]);
		driver.clock.advance(1_001);
		expect(await driver.signal("order-1", "go")).toMatchObject({ reservedFor: "f/y/w" });
	});

	it("judges by the same clock after a pause", async (driver) => {
		const owner = await driver.worker();
		await driver.start("early", [awaiting("w", "go", 5_000)]);
		await driver.start("late", [awaiting("w", "go", 5_000)]);
		for (const id of ["early", "late"]) await driver.backend.pause(driver.request(id));
		driver.clock.advance(4_000);
		await driver.signal("early", "go", { signalId: "s1" });
		driver.clock.advance(4_000);
		await driver.signal("late", "go", { signalId: "s2" });
		for (const id of ["early", "late"]) await driver.backend.unpause(driver.request(id));
		const { grants } = await driver.claim(owner);
		expect(grants.map(({ instanceId, signalId }) => [instanceId, signalId]).sort()).toEqual([
			["early", "s1"],
			["late", null],
		]);
	});
}
