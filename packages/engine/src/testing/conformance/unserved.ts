import { expect } from "vitest";
import { definition, ready, waiting } from "./command-builders.ts";
import { casesOver, type OpenBackend, only } from "./scripted-driver.ts";

export function unservedCases(open: OpenBackend): void {
	const it = casesOver(open);
	const known = [definition().hash];

	it("names work whose definition or tag no live worker knows", async (driver) => {
		await driver.workerFor({ definitions: known, tags: ["eu"] });
		const since = driver.clock.now();
		const foreign = definition("foreign");
		await driver.start("foreign-1", [ready("a")], { definition: foreign });
		driver.clock.advance(10);
		await driver.start("foreign-2", [ready("a"), ready("b")], { definition: foreign });
		await driver.start("tagged", [ready("a", { tags: ["eu", "gpu"] }), ready("b", { tags: ["eu"] }), ready("c")]);
		expect(await driver.backend.listUnserved()).toEqual([
			{ workflow: "foreign", definitionHash: foreign.hash, tags: [], nodes: 3, since, instanceId: "foreign-1" },
			{
				workflow: "order",
				definitionHash: known[0],
				tags: ["eu", "gpu"],
				nodes: 1,
				since: since + 10,
				instanceId: "tagged",
			},
		]);
	});

	it("names nothing that one live worker can take, and forgets what a dead one could", async (driver) => {
		await driver.workerFor({ definitions: known });
		driver.clock.advance(10_000);
		await driver.workerFor({ definitions: [definition("foreign").hash], tags: ["gpu"] });
		await driver.start("mine", [ready("a")]);
		await driver.start("theirs", [ready("a", { tags: ["gpu"] })], { definition: definition("foreign") });
		expect(await driver.backend.listUnserved()).toEqual([]);
		driver.clock.advance(10_000);
		expect(only(await driver.backend.listUnserved())).toMatchObject({ workflow: "order", instanceId: "mine" });
	});

	it("names no work that waits for its time, for a slot's end or for an operator", async (driver) => {
		const owner = await driver.workerFor({ definitions: [definition("other").hash] });
		await driver.start("later", [waiting("nap", 5_000)]);
		await driver.startLeased("leased", "a", owner);
		await driver.start("held", [ready("a")]);
		await driver.backend.pause(driver.request("held"));
		expect(await driver.backend.listUnserved()).toEqual([]);
		driver.clock.advance(5_000);
		expect(only(await driver.backend.listUnserved())).toMatchObject({ instanceId: "later", nodes: 1 });
	});

	it("names nothing while there is no worker, but runners or one that tells nothing", async (driver) => {
		await driver.start("order-1", [ready("a", { tags: ["gpu"] })]);
		expect(await driver.backend.listUnserved()).toEqual([]);
		await driver.workerFor({ definitions: [] });
		expect(await driver.backend.listUnserved()).toEqual([]);
		const elsewhere = await driver.workerFor({ definitions: ["elsewhere"] });
		expect(await driver.backend.listUnserved()).toHaveLength(1);
		await driver.worker();
		expect(await driver.backend.listUnserved()).toEqual([]);
		await driver.backend.retireWorker(elsewhere);
		expect(await driver.backend.listUnserved()).toEqual([]);
	});
}
