import { PooledWorker, stopOnSignals } from "@waymark/engine";
import { openBackend } from "@waymark/persistence";
import { testWorkflows } from "./workflows.mjs";

/** A worker process of the end-to-end tests: `node worker.process.mjs <folder>` with WAYMARK_DB. */
const folder = process.argv[2] ?? ".";
const backend = await openBackend(process.env.WAYMARK_DB ?? "");
const worker = new PooledWorker(backend, {
	workflows: Object.values(testWorkflows(folder)),
	// Tasks that a test leaves held keep theirs until the stand ends.
	slots: 500,
	name: "e2e-worker",
	// What hears no abort is left alone for as long as a test looks at it.
	cancelGrace: "10m",
	lease: "3s",
	poll: "200ms",
});
stopOnSignals(worker, { drain: 0, close: () => backend.close() });
await worker.start();
console.log(`worker ready: ${worker.workerId}`);
