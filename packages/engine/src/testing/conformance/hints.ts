import { expect } from "vitest";
import type { Hint } from "../../backend/contract.ts";
import { completed, ready } from "./command-builders.ts";
import { casesOver, type OpenBackend } from "./scripted-driver.ts";

export function hintCases(open: OpenBackend): void {
	const it = casesOver(open);

	it("tells listeners of every commit that touched an instance, and why", async (driver) => {
		const hints: Hint[] = [];
		driver.backend.onHint((hint) => hints.push(hint));
		const owner = await driver.worker();
		const { instance } = await driver.start("order-1", [ready("a")]);
		const grant = await driver.claimOne(owner);
		await driver.signal("order-1", "go");
		await driver.settled(grant, owner, completed("a", { open: [ready("b")] }));
		await driver.backend.pause(driver.request("order-1"));
		const causes = () => hints.flatMap((hint) => (hint.origin === "local" ? [hint.cause] : []));
		await expect.poll(causes).toEqual(["create", "claim", "signal", "settle", "control"]);
		expect(hints.every((hint) => hint.origin !== "local" || hint.runId === instance.runId)).toBe(true);
	});

	it("says nothing of reads, of heartbeats, and of commands that changed nothing", async (driver) => {
		const owner = await driver.worker();
		const { instance } = await driver.start("order-1", [ready("a")]);
		const grant = await driver.claimOne(owner);
		await new Promise((resolve) => setImmediate(resolve));
		const hints: Hint[] = [];
		driver.backend.onHint((hint) => hints.push(hint));
		await driver.snapshot(instance.runId);
		await driver.backend.heartbeat(owner, 20_000);
		await driver.claim(owner);
		await driver.settle({ ...grant, epoch: grant.epoch + 1 }, owner, completed("a"));
		await driver.backend.create(driver.createCommand("order-1", [ready("a")]));
		await new Promise((resolve) => setImmediate(resolve));
		expect(hints.filter(({ origin }) => origin === "local")).toEqual([]);
	});

	it("is silent to a listener that has left, and goes on for the others", async (driver) => {
		const left: Hint[] = [];
		const stayed: Hint[] = [];
		const leave = driver.backend.onHint((hint) => left.push(hint));
		driver.backend.onHint((hint) => stayed.push(hint));
		leave();
		await driver.start("order-1", [ready("a")]);
		await expect.poll(() => stayed.filter(({ origin }) => origin === "local")).toHaveLength(1);
		expect(left).toEqual([]);
	});
}
