import { expect, it } from "vitest";
import { flow } from "../core/builder/flow.ts";
import { InMemoryBackend } from "../memory/index.ts";
import { FakeClock } from "../testing/fake-clock.ts";
import { WorkflowClient } from "./client.ts";
import { PooledWorker } from "./worker.ts";

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Found by simulation, and kept there as seeds/I13-395.json. */
it("does not begin a task whose lease ran out while its input was on the way", async () => {
	const clock = new FakeClock();
	const backend = new InMemoryBackend({ clock });
	const began: number[] = [];
	const workflow = flow<number>("guarded")
		.task("t", (n, { attempt }) => {
			began.push(attempt);
			return n;
		})
		.build();
	await new WorkflowClient(backend).start(workflow, "i", 1);
	const readValues = backend.readValues.bind(backend);
	backend.readValues = async (runId, sources) => {
		const values = await readValues(runId, sources);
		// The process stands still, and its timers with it: nobody tells the task that its lease is gone.
		const wakes = clock.now() + 20_000;
		clock.now = () => wakes;
		return values;
	};
	await new PooledWorker(backend, { workflows: [workflow], clock, timers: clock, log: silent }).tick();
	expect(began).toEqual([]);
});
