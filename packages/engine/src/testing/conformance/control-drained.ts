import { expect } from "vitest";
import { completed, ready } from "./command-builders.ts";
import { casesOver, type OpenBackend } from "./scripted-driver.ts";

/** A request waits for live owners only: it ends when they are dead or gone. */
export function controlDrainedCases(open: OpenBackend): void {
	const it = casesOver(open);

	it("ends pausing and cancelling when the owner has died", async (driver) => {
		const dead = await driver.worker();
		const paused = await driver.startLeased("paused", "a", dead);
		await driver.startLeased("cancelled", "a", dead);
		await driver.backend.pause(driver.request("paused"));
		await driver.backend.cancel(driver.request("cancelled"));
		expect(await driver.backend.reap()).toBe(0);
		driver.expireAll();
		const owner = await driver.worker();
		expect((await driver.claim(owner)).grants).toEqual([]);
		expect(await driver.backend.reap()).toBe(2);
		expect(await driver.backend.reap()).toBe(0);
		expect(await driver.stateOf("paused")).toBe("paused");
		expect(await driver.instance("cancelled")).toMatchObject({ status: "cancelled", endedAt: driver.clock.now() });
		expect((await driver.claim(owner)).grants).toEqual([]);
		await driver.backend.unpause(driver.request("paused"));
		const taken = await driver.claimOne(owner);
		expect(taken).toMatchObject({ runId: paused.runId, attempt: 2, crashes: 1 });
	});

	it("shows a pending request as ended once the owners are dead, before anybody reaps", async (driver) => {
		const dead = await driver.worker();
		const paused = await driver.startLeased("paused", "a", dead);
		await driver.startLeased("cancelled", "a", dead);
		await driver.backend.pause(driver.request("paused"));
		await driver.backend.cancel(driver.request("cancelled"));
		driver.expireAll();
		expect(await driver.stateOf("paused")).toBe("paused");
		expect(await driver.stateOf("cancelled")).toBe("cancelled");
		expect((await driver.snapshot(paused.runId)).instance).toMatchObject({ status: "paused", control: "none" });
		expect(await driver.backend.reap()).toBe(2);
	});

	it("takes requests also where the owners have died and nobody has reaped", async (driver) => {
		const dead = await driver.worker();
		for (const id of ["resumed", "ended", "still"]) {
			await driver.startLeased(id, "a", dead);
			await driver.backend.pause(driver.request(id));
		}
		driver.expireAll();
		expect(await driver.backend.unpause(driver.request("resumed"))).toMatchObject({ kind: "accepted", changed: true });
		const cancel = await driver.backend.cancel(driver.request("ended"));
		expect(cancel).toMatchObject({
			kind: "accepted",
			inFlight: [],
			instance: { status: "cancelled", control: "none" },
		});
		const pause = await driver.backend.pause(driver.request("still"));
		expect(pause).toMatchObject({ kind: "accepted", inFlight: [], instance: { status: "paused", control: "none" } });
		expect((await driver.claim(await driver.worker())).grants.map(({ instanceId }) => instanceId)).toEqual(["resumed"]);
	});

	it("counts only live owners as in flight", async (driver) => {
		await driver.startLeased("order-1", "a", await driver.worker());
		await driver.startLeased("order-2", "a", await driver.worker());
		driver.expireAll();
		const pause = await driver.backend.pause(driver.request("order-1"));
		expect(pause).toMatchObject({ kind: "accepted", inFlight: [], instance: { status: "paused", control: "none" } });
		const cancel = await driver.backend.cancel(driver.request("order-2"));
		expect(cancel).toMatchObject({ kind: "accepted", inFlight: [], instance: { status: "cancelled" } });
	});

	it("ends pausing and cancelling when the owner retires", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("paused", "a", owner);
		await driver.startLeased("cancelled", "a", owner);
		await driver.backend.pause(driver.request("paused"));
		await driver.backend.cancel(driver.request("cancelled"));
		await driver.backend.retireWorker(owner);
		expect(await driver.backend.reap()).toBe(0);
		expect(await driver.instance("cancelled")).toMatchObject({ endedAt: driver.clock.now() });
		expect(await driver.stateOf("paused")).toBe("paused");
		expect(await driver.stateOf("cancelled")).toBe("cancelled");
		expect(await driver.openNode(grant.runId, "a")).toMatchObject({ state: "ready", attempt: 1 });
	});

	it("records what a worker of a paused instance still brings, and grants nothing for it", async (driver) => {
		const dead = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", dead);
		driver.expireAll();
		await driver.backend.pause(driver.request("order-1"));
		const late = await driver.settled(grant, dead, completed("a", { open: [ready("b")] }), 1);
		expect(late).toMatchObject({ status: "paused", grants: [] });
		expect(await driver.openStates(grant.runId)).toEqual({ b: "ready" });
	});
}
