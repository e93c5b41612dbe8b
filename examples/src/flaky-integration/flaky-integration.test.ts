import { InMemoryBackend, PooledWorker, runInProcess, WorkflowClient } from "@waymark/engine";
import { afterEach, describe, expect, it } from "vitest";
import { type Carrier, demoMood, type Mood, startCarrier } from "../loopback/carrier.ts";
import { flakyIntegration } from "./flaky-integration.ts";

const PARCEL = { parcelId: "parcel-1", mostItMayCost: 2_000 };

describe("the flaky integration", () => {
	let carrier: Carrier;
	afterEach(() => carrier.close());
	const run = async (mood: Mood, parcel = PARCEL) => {
		carrier = await startCarrier(() => mood);
		return runInProcess(flakyIntegration(carrier.url), parcel, { skipTime: true });
	};

	it("asks again while the carrier is busy, and books the cheapest service once", async () => {
		const state = await run({ kind: "flaky", failures: 3 });
		expect(state).toEqual({
			status: "completed",
			output: { parcelId: "parcel-1", service: "economy", booking: "booking-1" },
		});
		expect(carrier.booked).toEqual(["parcel-1"]);
	});

	it("fails for good after the fourth attempt", async () => {
		const state = await run({ kind: "down" });
		expect(state).toMatchObject({
			status: "failed",
			failedPath: "fetch-rates",
			error: { name: "ServiceError", message: "GET /rates/parcel-1 answered 503: the carrier is down" },
		});
		expect(carrier.booked).toEqual([]);
	});

	it("fails at the first attempt where another one is no use", async () => {
		const state = await run({ kind: "refused" });
		expect(state).toMatchObject({ status: "failed", error: { code: "NonRetryable" } });
	});

	it("fails when every service costs too much", async () => {
		const state = await run({ kind: "flaky", failures: 0 }, { ...PARCEL, mostItMayCost: 10 });
		expect(state).toMatchObject({ status: "failed", failedPath: "choose" });
	});

	it("keeps every failed attempt with its error", async () => {
		carrier = await startCarrier(() => ({ kind: "refused" }));
		const backend = new InMemoryBackend();
		const workflow = flakyIntegration(carrier.url);
		const client = new WorkflowClient(backend, { workflows: [workflow] });
		const worker = new PooledWorker(backend, { workflows: [workflow] });
		worker.start();
		await client.start("flaky-integration", "parcel-1", PARCEL);
		const { instance } = await client.result("parcel-1", { timeout: "10s" });
		const snapshot = await backend.getSnapshot(instance.runId, 0);
		expect(snapshot?.attempts.map(({ attempt, outcome }) => [attempt, outcome])).toEqual([[1, "failed"]]);
		await worker.stop();
		await backend.close();
	});
});

describe("the moods of the demo's carrier", () => {
	it("are the same for the same parcel, and of every kind", () => {
		const moods = Array.from({ length: 42 }, (_, n) => demoMood(`parcel-${n}`));
		expect(new Set(moods.map(({ kind }) => kind))).toEqual(new Set(["flaky", "refused", "down"]));
		expect(demoMood("parcel-8")).toEqual(demoMood("parcel-8"));
	});
});
