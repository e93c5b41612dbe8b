import { describe, expect, it } from "vitest";
import { ready } from "../testing/conformance/command-builders.ts";
import { ScriptedDriver } from "../testing/conformance/scripted-driver.ts";
import { InMemoryBackend } from "./in-memory-backend.ts";

const open = () => ScriptedDriver.open(async ({ clock }) => new InMemoryBackend({ clock }));

describe("InMemoryBackend", () => {
	it("hands out records that nobody can change", async () => {
		const driver = await open();
		const { instance } = await driver.start("order-1", [ready("a", { tags: ["gpu"] })], { labels: { k: "v" } });
		const node = await driver.openNode(instance.runId, "a");
		const definition = await driver.backend.getDefinition(instance.definitionHash);
		for (const record of [instance, instance.progress, instance.labels, node, node.tags, definition?.graph.scope]) {
			expect(Object.isFrozen(record)).toBe(true);
		}
	});

	it("does not show later changes in a snapshot taken before", async () => {
		const driver = await open();
		const owner = await driver.worker();
		const { instance } = await driver.start("order-1", [ready("a")]);
		const before = await driver.snapshot(instance.runId);
		await driver.claimOne(owner);
		expect(before.openNodes).toMatchObject([{ state: "ready", owner: null }]);
		expect(before.instance.status).toBe("pending");
	});

	it("reads this host's clock unless given another", async () => {
		const before = Date.now();
		const { now } = await new InMemoryBackend().listInstances({ statuses: [], workflows: [], limit: 1, cursor: null });
		expect(now).toBeGreaterThanOrEqual(before);
		expect(now).toBeLessThanOrEqual(Date.now());
	});
});
