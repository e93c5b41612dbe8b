import { InMemoryBackend, WorkflowClient } from "@waymark/engine";
import { beforeEach, expect, it } from "vitest";
import { withEffects } from "./audit-effects.ts";
import { order } from "./testing/orders.ts";

const ID = "order-1";
let backend: InMemoryBackend;
let client: WorkflowClient;

/** Its first task is held by a worker, so that requests have to wait. */
beforeEach(async () => {
	backend = new InMemoryBackend();
	client = new WorkflowClient(backend, { workflows: [order] });
	await client.start("order", ID, { id: 1 });
	await backend.registerWorker({ workerId: "w", name: "w", slots: 1, leaseMs: 60_000 });
});

async function hold() {
	const instance = await backend.getInstance(ID);
	const definitions = [instance?.definitionHash ?? ""];
	const { grants } = await backend.claim({ owner: "w", slots: 1, definitions, tags: [], runId: null });
	const [grant] = grants;
	if (grant === undefined) throw new Error("nothing was granted");
	return grant;
}

/** What became of the requests, oldest first. */
async function effects() {
	const given = { kinds: [], results: [], by: null, instanceId: ID, limit: 50, cursor: null };
	const { requests } = await backend.listRequests(given);
	return (await withEffects(backend, requests)).map(({ effect }) => effect).reverse();
}

it("says of what took effect in its own commit that it did at once, without asking further", async () => {
	await client.pause(ID, { by: "mira" });
	await client.pause(ID, { by: "mira" });
	expect(await effects()).toMatchObject([{ kind: "at_once" }, { kind: "none" }]);
});

it("says of a cancel that waits for a task that it is not yet in effect, and then when the instance ended", async () => {
	await hold();
	await client.cancel(ID, { by: "mira" });
	expect(await effects()).toEqual([{ kind: "not_yet" }]);
	await backend.retireWorker("w");
	const { instance } = await client.get(ID);
	expect(instance.status).toBe("cancelled");
	expect(await effects()).toEqual([{ kind: "later", at: instance.endedAt }]);
});

it("says of a pause that still holds when the last task before it ended, and of one since taken back that it did", async () => {
	const { runId, path, epoch } = await hold();
	await client.pause(ID, { by: "mira" });
	expect(await effects()).toEqual([{ kind: "not_yet" }]);
	const error = { name: "Error", message: "no", code: null, stack: null, cause: null };
	const outcome = { kind: "retry", failure: { outcome: "failed", error }, delayMs: 5 } as const;
	await backend.settle({ runId, path, owner: "w", epoch, startedAt: 100, finishedAt: 200, outcome, slots: 0 });
	expect(await effects()).toEqual([{ kind: "later", at: 200 }]);
	await client.unpause(ID, { by: "mira" });
	expect(await effects()).toMatchObject([{ kind: "later", at: null }, { kind: "at_once" }]);
});

it("tells two pauses apart: the first was taken back before it took effect, the second waits", async () => {
	await hold();
	await client.pause(ID, { by: "mira" });
	await client.unpause(ID, { by: "mira" });
	await client.pause(ID, { by: "mira" });
	expect(await effects()).toMatchObject([
		{ kind: "overtaken", by: "unpause" },
		{ kind: "at_once" },
		{ kind: "not_yet" },
	]);
});

it("takes no later run of the id for the one that was asked about", async () => {
	await hold();
	await client.cancel(ID, { by: "mira" });
	await backend.retireWorker("w");
	await client.start("order", ID, { id: 2 }, { onConflict: "terminateExisting" });
	expect(await effects()).toEqual([{ kind: "later", at: null }]);
});
