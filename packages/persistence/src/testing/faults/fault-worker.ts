import { PooledWorker, type WorkerOptions } from "@waymark/engine";
import type { PersistentBackend } from "@waymark/engine/backend";
import { onTestFinished } from "vitest";
import { openBackend } from "../../open-backend.ts";
import { faultWorkflows } from "./workflows.mjs";

interface FaultWorker {
	readonly worker: PooledWorker;
	readonly backend: PersistentBackend;
	/** What it warned of. */
	readonly warnings: string[];
}

/** A worker in this process on a connection of its own, through whatever stands at that address. */
export async function startFaultWorker(
	url: string,
	ledger: string,
	options: Partial<WorkerOptions> & { readonly pace?: number } = {},
): Promise<FaultWorker> {
	const { pace = 0, ...rest } = options;
	const backend = await openBackend(url);
	const warnings: string[] = [];
	const note = (message: string, fields?: object) => warnings.push(`${message} ${JSON.stringify(fields ?? {})}`);
	const worker = new PooledWorker(backend, {
		workflows: Object.values(faultWorkflows(ledger, pace)),
		lease: "2s",
		poll: "100ms",
		log: { info: note, warn: note, error: note },
		...rest,
	});
	onTestFinished(async () => {
		await worker.stop({ drain: 0 });
		await backend.close();
	});
	await worker.start();
	return { worker, backend, warnings };
}
