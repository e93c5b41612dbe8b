import { setTimeout as sleep } from "node:timers/promises";
import { WorkflowClient } from "@waymark/engine";
import { openBackend } from "@waymark/persistence";
import { testWorkflows } from "./workflows.mjs";

/**
 * Somebody whose clock is behind: what they ask for now was asked MS_AGO. `node past.process.mjs <folder> <instance>
 * <cancel|pause>` with WAYMARK_DB. A process of its own, because one store has one clock in each.
 */
const [folder = ".", id = "", request] = process.argv.slice(2);
const msAgo = Number(process.env.MS_AGO);
const clock = { now: () => Date.now() - msAgo, monotonic: () => performance.now() };
const backend = await openBackend(process.env.WAYMARK_DB ?? "", { clock });
const client = new WorkflowClient(backend, { workflows: Object.values(testWorkflows(folder)) });
await client.start("stubborn", id, {});
for (;;) {
	const { instance } = await client.get(id);
	const snapshot = await backend.getSnapshot(instance.runId, 0);
	if (snapshot?.openNodes.some(({ state }) => state === "running")) break;
	await sleep(20);
}
const reason = { by: "mira", reason: "wrong price list" };
await (request === "pause" ? client.pause(id, reason) : client.cancel(id, reason));
await backend.close();
console.log("asked");
