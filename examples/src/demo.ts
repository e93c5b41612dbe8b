import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PooledWorker, stopOnSignals, WorkflowClient } from "@waymark/engine";
import { openBackend } from "@waymark/persistence";
import { csvImport } from "./csv-import/csv-import.ts";
import { settingsFrom } from "./demo/settings.ts";
import { Traffic } from "./demo/traffic.ts";
import { flakyIntegration } from "./flaky-integration/flaky-integration.ts";
import { demoMood, startCarrier } from "./loopback/carrier.ts";
import { latencyBetween } from "./loopback/latency.ts";
import { startShop } from "./loopback/shop.ts";
import { orderSaga } from "./order-saga/order-saga.ts";

/** The demo's worker process: two services on loopback, a worker with three workflows, and somebody who starts them. */
const settings = settingsFrom(process.env);
mkdirSync(settings.folder, { recursive: true });

const latency = latencyBetween(...settings.pace);
const shop = await startShop({ ledgerFile: join(settings.folder, "shop-ledger.jsonl"), latency });
const carrier = await startCarrier(demoMood, latency);
const workflows = [orderSaga(shop.url), csvImport(latency), flakyIntegration(carrier.url)];

const backend = await openBackend(settings.database);
const worker = new PooledWorker(backend, { workflows, slots: 8, name: `demo-${process.pid}` });
await worker.start();
const traffic = new Traffic(new WorkflowClient(backend, { workflows }), {
	salesFile: settings.salesFile,
	reportsFolder: join(settings.folder, "reports"),
	every: settings.every,
});
if (settings.every > 0) await traffic.start();
console.log(`Waymark demo worker (process ${process.pid}) works on ${backend.name}`);

stopOnSignals(worker, {
	drain: "3s",
	close: async () => {
		await traffic.stop();
		await Promise.all([shop.close(), carrier.close()]);
		await backend.close();
	},
});
