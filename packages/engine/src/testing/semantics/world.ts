import { onTestFinished } from "vitest";
import type { PersistentBackend } from "../../backend/contract.ts";
import type { WorkflowSnapshot } from "../../backend/rows.ts";
import type { TaskLogger } from "../../core/builder/task-context.ts";
import type { Clock } from "../../core/clock.ts";
import type { Ids } from "../../core/ids.ts";
import { WorkflowClient } from "../../runtime/client.ts";
import type { AnyWorkflow } from "../../runtime/registry.ts";
import { CheckpointingRunner } from "../../runtime/runner.ts";
import { PooledWorker } from "../../runtime/worker.ts";
import { FakeClock } from "../fake-clock.ts";
import { sequentialIds } from "../sequential-ids.ts";

/** Opens the backend under test with an injected clock and ids. */
export type OpenBackend = (options: { readonly clock: Clock; readonly ids: Ids }) => Promise<PersistentBackend>;

/** A backend with a clock that stands still, and what drives instances on it. */
export interface World {
	readonly backend: PersistentBackend;
	readonly clock: FakeClock;
	readonly client: WorkflowClient;
	readonly runner: CheckpointingRunner;
	/** A worker for these workflows, to be driven by tick(). Several make several processes. */
	worker(workflows: readonly AnyWorkflow[], slots?: number, tags?: readonly string[]): PooledWorker;
	snapshot(instanceId: string): Promise<WorkflowSnapshot>;
}

const silent: TaskLogger = { info: () => undefined, warn: () => undefined, error: () => undefined };

export async function makeWorld(open: OpenBackend): Promise<World> {
	const clock = new FakeClock();
	const ids = sequentialIds();
	const backend = await open({ clock, ids });
	onTestFinished(() => backend.close());
	const injected = { clock, ids, log: silent, random: () => 0.5 };
	return {
		backend,
		clock,
		client: new WorkflowClient(backend, { ids }),
		runner: new CheckpointingRunner(backend, injected),
		worker: (workflows, slots = 4, tags = []) => new PooledWorker(backend, { workflows, slots, tags, ...injected }),
		async snapshot(instanceId) {
			const instance = await backend.getInstance(instanceId);
			const snapshot = instance === null ? null : await backend.getSnapshot(instance.runId, 0);
			if (snapshot === null) throw new Error(`no instance ${instanceId}`);
			return snapshot;
		},
	};
}

/** A promise that the test settles by hand: a task that waits for it is in flight for as long as the test wants. */
export function gate<T = void>(): { readonly opened: Promise<T>; open(value: T): void } {
	let open: (value: T) => void = () => undefined;
	const opened = new Promise<T>((resolve) => {
		open = resolve;
	});
	return { opened, open };
}
