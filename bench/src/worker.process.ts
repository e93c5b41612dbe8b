/** A worker process of the benchmarks: `node worker.process.js <url> <options>`; says "ready" and works until SIGTERM. */
import { PooledWorker } from "@waymark/engine";
import { openBackend } from "@waymark/persistence";
import type { WorkerProcessOptions } from "./stand/worker-process.ts";
import { allWorkflows } from "./workflows.ts";

const [url = "", options = ""] = process.argv.slice(2);
const { slots, leaseMs, holds } = JSON.parse(options) as WorkerProcessOptions;

const backend = await openBackend(url);
const worker = new PooledWorker(backend, { workflows: allWorkflows(holds), slots, lease: leaseMs, name: "bench" });
await worker.start();
console.log("ready");

process.once("SIGTERM", async () => {
	await worker.stop();
	await backend.close();
	process.exit(0);
});
