import { PooledWorker, WorkflowClient } from "@waymark/engine";
import { openBackend } from "@waymark/persistence";
import { expect } from "vitest";
import { AFTER_UPGRADE, releasedWorkflows } from "./released.mjs";

/** Opens the store as this version does, and lets a worker do all that is left. */
export async function upgradeAndDrive(url: string): Promise<Record<string, unknown>> {
	const backend = await openBackend(url);
	try {
		const client = new WorkflowClient(backend);
		const worker = new PooledWorker(backend, { workflows: Object.values(releasedWorkflows(() => {})) });
		const { status } = await client.get("awaiting");
		if (status === "awaiting_signal") await client.sendSignal("awaiting", "go", 40, { idempotencyKey: "once" });
		await worker.tick();
		const states: Record<string, unknown> = {};
		for (const id of Object.keys(AFTER_UPGRADE)) {
			const shown = await client.get(id);
			states[id] = { status: shown.status, ...("output" in shown && { output: shown.output }) };
		}
		expect(await backend.listOrphans()).toEqual([]);
		await worker.stop();
		return states;
	} finally {
		await backend.close();
	}
}
