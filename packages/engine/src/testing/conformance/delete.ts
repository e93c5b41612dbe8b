import { expect } from "vitest";
import { completed, failed, waiting } from "./command-builders.ts";
import { casesOver, type OpenBackend } from "./scripted-driver.ts";

export function deleteCases(open: OpenBackend): void {
	const it = casesOver(open);
	const remove = (instanceId: string, expectedRunId: string | null = null) => ({ instanceId, expectedRunId });

	it("removes an ended instance with all that was recorded of it", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		await driver.settled(grant, owner, failed());
		await driver.backend.retry(driver.request("order-1"));
		const again = await driver.claimOne(owner);
		await driver.settled(again, owner, completed("a", { result: "a" }));
		expect(await driver.backend.delete(remove("order-1"))).toEqual({ kind: "deleted", runs: 1 });
		expect(await driver.backend.getInstance("order-1")).toBeNull();
		expect(await driver.backend.getSnapshot(grant.runId, 0)).toBeNull();
		expect(await driver.backend.readOutputs(grant.runId, ["a"])).toEqual([null]);
		expect(await driver.backend.delete(remove("order-1"))).toEqual({ kind: "not_found" });
	});

	it("refuses a live instance, and another run than the one that was meant", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		expect(await driver.backend.delete(remove("order-1"))).toMatchObject({
			kind: "conflict",
			because: "it has not ended",
		});
		await driver.settled(grant, owner, completed("a", { open: [waiting("nap", 1000)] }));
		expect(await driver.backend.delete(remove("order-1"))).toMatchObject({ kind: "conflict" });
		await driver.backend.cancel(driver.request("order-1"));
		expect(await driver.backend.delete(remove("order-1", "another"))).toMatchObject({
			kind: "conflict",
			instance: { runId: grant.runId },
		});
		expect(await driver.backend.delete(remove("order-1", grant.runId))).toEqual({ kind: "deleted", runs: 1 });
	});

	it("lets nothing of a deleted run reappear, and starts its id anew from the first generation", async (driver) => {
		const owner = await driver.worker();
		const old = await driver.startLeased("order-1", "a", owner);
		await driver.settled(old, owner, completed("a", { result: "a" }));
		await driver.backend.delete(remove("order-1"));
		expect(await driver.settle(old, owner, completed("a", { result: "a" }))).toEqual({ kind: "fenced" });
		const fresh = await driver.startLeased("order-1", "a", owner);
		expect(await driver.backend.getInstance("order-1")).toMatchObject({ runId: fresh.runId, generation: 1 });
	});
}
