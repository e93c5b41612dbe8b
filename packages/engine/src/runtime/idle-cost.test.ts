import { describe, expect, it, onTestFinished } from "vitest";
import type { Hint, PersistentBackend } from "../backend/contract.ts";
import { flow } from "../core/builder/flow.ts";
import { InMemoryBackend } from "../memory/index.ts";
import { FakeClock } from "../testing/fake-clock.ts";
import { WorkflowClient } from "./client.ts";
import { PooledWorker } from "./worker.ts";
import type { WorkerOptions } from "./worker-options.ts";

const MINUTES = 10;

const quick = flow<number>("quick")
	.task("a", (n) => n + 1)
	.build();

type Calls = Record<string, number>;

/** A worker on virtual time whose calls are counted. `isDeaf`: no hint reaches it but by `tell`. */
async function counted(options: Partial<WorkerOptions> = {}, { isDeaf = false, hearsOthers = true } = {}) {
	const clock = new FakeClock();
	const inner = new InMemoryBackend({ clock });
	const calls: Calls = {};
	let tell: (hint: Hint) => void = () => undefined;
	const backend: PersistentBackend = new Proxy(inner, {
		get(target, name: keyof InMemoryBackend) {
			if (name === "hearsOthers") return hearsOthers;
			if (name === "onHint" && isDeaf)
				return (listener: typeof tell) => {
					tell = listener;
					return () => undefined;
				};
			const value = target[name];
			if (typeof value !== "function") return value;
			return (...args: never[]) => {
				calls[name] = (calls[name] ?? 0) + 1;
				return (value as (...args: never[]) => unknown).apply(target, args);
			};
		},
	});
	const worker = new PooledWorker(backend, { workflows: [quick], clock, timers: clock, ...options });
	await worker.start();
	onTestFinished(() => worker.release());
	await settled();
	/** The calls of so many seconds. */
	const during = async (seconds: number): Promise<Calls> => {
		for (const name of Object.keys(calls)) delete calls[name];
		for (let second = 0; second < seconds; second += 1) {
			clock.advance(1_000);
			await settled();
		}
		return { ...calls };
	};
	return { clock, inner, worker, during, tell: (hint: Hint) => tell(hint) };
}

/** Lets all that the passing of time has set off come to its end. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Calls of a minute, once the polls have grown rare. */
async function perMinute(during: (seconds: number) => Promise<Calls>): Promise<Calls> {
	await during(120);
	const calls = await during(MINUTES * 60);
	return Object.fromEntries(Object.entries(calls).map(([name, count]) => [name, count / MINUTES]));
}

describe("an idle worker", () => {
	it("asks the database ten times a minute", async () => {
		const { during } = await counted();
		// Every two thirds of a lease of 15 s; six times 5 s; every minute.
		expect(await perMinute(during)).toEqual({ heartbeat: 6, claim: 2, held: 1, reap: 1 });
	});

	it("asks twice a minute with a lease and a poll of a minute", async () => {
		const { during } = await counted({ lease: "1m", poll: "1m" });
		const calls = Object.values(await perMinute(during));
		expect(calls.reduce((total, count) => total + count, 0)).toBeLessThan(2.1);
	});

	it("is alive all the while by what the database says", async () => {
		const { inner, clock, worker, during } = await counted();
		for (let second = 0; second < 300; second += 1) {
			await during(1);
			const [row] = await inner.listWorkers();
			expect(row).toMatchObject({ workerId: worker.workerId });
			expect(row?.expiresAt).toBeGreaterThan(clock.now() + 4_000);
		}
	});

	it("polls every five seconds while nobody tells it of others' commits", async () => {
		const { during } = await counted({}, { hearsOthers: false });
		expect(await perMinute(during)).toMatchObject({ claim: 12 });
	});

	it("finds what a lost hint would have told within six polls", async () => {
		const { inner, during } = await counted({}, { isDeaf: true });
		await during(300);
		await new WorkflowClient(inner).start(quick, "i", 1);
		await during(30);
		expect(await inner.getInstance("i")).toMatchObject({ status: "completed" });
	});

	it("takes over what runs out elsewhere within a second, however rarely it polls", async () => {
		const { inner, worker, during, tell } = await counted({ poll: "1h" }, { isDeaf: true });
		await inner.registerWorker({ workerId: "other", name: "other", slots: 1, leaseMs: 15_000 });
		await new WorkflowClient(inner).start(quick, "i", 1);
		const definitions = [quick.definitionHash];
		await inner.claim({ owner: "other", slots: 1, definitions, tags: [], runId: null });
		tell({ origin: "remote" });
		await during(5);
		await inner.heartbeat("other", 15_000);
		const owner = async () => {
			const run = await inner.getInstance("i");
			return (await inner.getSnapshot(run?.runId ?? "", 0))?.openNodes.map((node) => node.owner);
		};
		await during(15);
		expect(await owner()).toEqual(["other"]);
		await during(1);
		expect(await owner()).toEqual([worker.workerId]);
	});
});
