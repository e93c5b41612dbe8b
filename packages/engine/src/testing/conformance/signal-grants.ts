import { expect } from "vitest";
import type { Grant, GrantWithin, SignalResult } from "../../backend/commands.ts";
import type { Hint } from "../../backend/contract.ts";
import { awaiting, completed, definition, joining, ready } from "./command-builders.ts";
import { casesOver, type OpenBackend, only } from "./scripted-driver.ts";

function to(owner: string, details: Partial<GrantWithin> = {}): { readonly grantTo: GrantWithin } {
	return { grantTo: { owner, slots: 1, definitions: [definition().hash], tags: [], ...details } };
}

function grantsOf(result: SignalResult): readonly Grant[] {
	if (result.kind !== "stored") throw new Error(`expected the signal to be stored, but: ${result.kind}`);
	return result.grants;
}

/** A wait that is granted in the commit of the signal that ends it. */
export function signalGrantCases(open: OpenBackend): void {
	const it = casesOver(open);

	it("grants the wait in the commit of the signal that ends it", async (driver) => {
		const owner = await driver.worker();
		const { instance } = await driver.start("order-1", [awaiting("w", "go")]);
		driver.clock.advance(5);
		const result = await driver.signal("order-1", "go", { signalId: "s1", ...to(owner) });
		expect(result).toMatchObject({ kind: "stored", reservedFor: "w", duplicate: false });
		expect(only(grantsOf(result))).toEqual({
			instanceId: "order-1",
			runId: instance.runId,
			workflow: "order",
			definitionHash: definition().hash,
			path: "w",
			epoch: 1,
			attempt: 1,
			crashes: 0,
			input: "~input",
			signalId: "s1",
			dueAt: null,
		});
		const now = driver.clock.now();
		expect(await driver.openNode(instance.runId, "w")).toMatchObject({
			state: "ready",
			owner,
			epoch: 1,
			grantedAt: now,
			dueAt: now,
		});
		const after = await driver.instance("order-1");
		expect(after).toMatchObject({ status: "in_progress", startedAt: now, version: instance.version + 1 });
		expect((await driver.claim(owner)).grants).toEqual([]);
	});

	it("lets the owner settle it, and moves on", async (driver) => {
		const owner = await driver.worker();
		const { instance } = await driver.start("order-1", [awaiting("w", "go")]);
		const grant = only(grantsOf(await driver.signal("order-1", "go", { signalId: "s1", ...to(owner) })));
		const recorded = [{ path: "w", output: "~signal:s1", value: null }];
		const outcome = completed("w", { recorded, consumes: "s1", open: [ready("a", { input: "w" })] });
		expect(only((await driver.settled(grant, owner, outcome, 1)).grants).path).toBe("a");
		expect(only((await driver.snapshot(instance.runId)).signals)).toMatchObject({ reservedFor: "w", consumedBy: "w" });
	});

	it("raises the epoch of a wait that was leased before", async (driver) => {
		const owner = await driver.worker();
		const { instance } = await driver.start("order-1", [awaiting("w", "go")]);
		const first = only(grantsOf(await driver.signal("order-1", "go", to(owner))));
		await driver.settled(first, owner, { kind: "released" });
		expect(await driver.openNode(instance.runId, "w")).toMatchObject({ state: "ready", owner: null });
		expect(await driver.claimOne(owner)).toMatchObject({ path: "w", epoch: 2, signalId: first.signalId });
		expect(await driver.settle(first, owner, completed("w", { consumes: first.signalId }))).not.toMatchObject({
			kind: "settled",
			replayed: false,
		});
	});

	it("grants the wait of a branch beside others that run", async (driver) => {
		const owner = await driver.worker();
		const nodes = [ready("f/x/a"), awaiting("f/y/w", "go", 60_000), joining("j", 2)];
		const { grants } = await driver.start("order-1", nodes, { grantTo: { owner, slots: 1 } });
		const running = only(grants);
		const grant = only(grantsOf(await driver.signal("order-1", "go", { signalId: "s1", ...to(owner) })));
		expect(grant).toMatchObject({ path: "f/y/w", epoch: 1, dueAt: null });
		await driver.settled(running, owner, completed("f/x/a", { countDown: "j" }));
		const outcome = completed("f/y/w", { consumes: "s1", countDown: "j" });
		expect(only((await driver.settled(grant, owner, outcome, 1)).grants).path).toBe("j");
	});

	it("grants nothing while paused, pausing or cancelling", async (driver) => {
		const owner = await driver.worker();
		await driver.start("paused", [awaiting("w", "go")]);
		await driver.backend.pause(driver.request("paused"));
		expect(await driver.signal("paused", "go", to(owner))).toMatchObject({ reservedFor: "w", grants: [] });
		await driver.backend.unpause(driver.request("paused"));
		expect(await driver.claimOne(owner)).toMatchObject({ instanceId: "paused", path: "w", epoch: 1 });

		const nodes = [ready("f/x/a"), awaiting("f/y/w", "go"), joining("j", 2)];
		for (const [instanceId, request] of [
			["pausing", "pause"],
			["cancelling", "cancel"],
		] as const) {
			const { instance } = await driver.start(instanceId, nodes, { grantTo: { owner, slots: 1 } });
			await driver.backend[request](driver.request(instanceId));
			expect(await driver.stateOf(instanceId)).toBe(instanceId);
			expect(grantsOf(await driver.signal(instanceId, "go", to(owner)))).toEqual([]);
			expect((await driver.openNode(instance.runId, "f/y/w")).owner).toBeNull();
		}
	});

	it("grants nothing that the worker could not claim, and leaves it to those who can", async (driver) => {
		const owner = await driver.worker();
		const tagged = { ...awaiting("w", "go"), tags: ["gpu", "eu"] };
		await driver.start("tagged", [tagged]);
		expect(grantsOf(await driver.signal("tagged", "go", to(owner, { tags: ["eu"] })))).toEqual([]);
		await driver.start("foreign", [awaiting("w", "go")]);
		expect(grantsOf(await driver.signal("foreign", "go", to(owner, { definitions: ["another"] })))).toEqual([]);
		await driver.start("full", [awaiting("w", "go")]);
		expect(grantsOf(await driver.signal("full", "go", to(owner, { slots: 0 })))).toEqual([]);
		const { grants } = await driver.claim(owner, { tags: ["eu", "gpu"] });
		expect(grants.map(({ instanceId }) => instanceId).sort()).toEqual(["foreign", "full", "tagged"]);

		await driver.start("served", [tagged]);
		const served = await driver.signal("served", "go", to(owner, { tags: ["gpu", "eu", "us"] }));
		expect(only(grantsOf(served)).path).toBe("w");
	});

	it("grants nothing to a worker whose lease is not live", async (driver) => {
		const owner = await driver.worker();
		await driver.start("order-1", [awaiting("w", "go")]);
		await driver.start("order-2", [awaiting("w", "go")]);
		expect(await driver.signal("order-1", "go", to("nobody"))).toMatchObject({ reservedFor: "w", grants: [] });
		driver.expireAll();
		expect(await driver.signal("order-2", "go", to(owner))).toMatchObject({ reservedFor: "w", grants: [] });
		expect((await driver.claim(await driver.worker())).grants).toHaveLength(2);
	});

	it("grants nothing for a signal that no wait takes", async (driver) => {
		const owner = await driver.worker();
		const { instance } = await driver.start("order-1", [awaiting("w", "go", 1_000)]);
		expect(await driver.signal("order-1", "stop", to(owner))).toMatchObject({ reservedFor: null, grants: [] });
		driver.clock.advance(1_000);
		expect(await driver.signal("order-1", "go", to(owner))).toMatchObject({ reservedFor: null, grants: [] });
		expect(await driver.openNode(instance.runId, "w")).toMatchObject({ state: "awaiting_signal", owner: null });
		expect(await driver.claimOne(owner)).toMatchObject({ path: "w", signalId: null, epoch: 1 });
	});

	it("answers a repeated signal with the lease that its commit granted, as long as that stands", async (driver) => {
		const owner = await driver.worker();
		const { instance } = await driver.start("order-1", [awaiting("w", "go")]);
		const details = { signalId: "s1", ...to(owner) };
		const first = await driver.signal("order-1", "go", details);
		const before = await driver.snapshot(instance.runId);
		expect(await driver.signal("order-1", "go", details)).toEqual(first);
		expect(await driver.snapshot(instance.runId)).toEqual(before);
		expect(grantsOf(await driver.signal("order-1", "go", { signalId: "s1" }))).toEqual([]);

		await driver.settled(only(grantsOf(first)), owner, { kind: "released" });
		expect(grantsOf(await driver.signal("order-1", "go", details))).toEqual([]);
		await driver.claimOne(owner);
		expect(grantsOf(await driver.signal("order-1", "go", details))).toEqual([]);
	});

	it("grants nothing for a repeated key: the wait was the first one's to grant", async (driver) => {
		const owner = await driver.worker();
		await driver.start("order-1", [awaiting("w", "go")]);
		const payload = { codec: "json", bytes: new TextEncoder().encode("1") };
		const key = { idempotencyKey: "k", payload };
		await driver.signal("order-1", "go", { signalId: "s1", ...key });
		const again = await driver.signal("order-1", "go", { signalId: "s2", ...key, ...to(owner) });
		expect(again).toMatchObject({ kind: "stored", signalId: "s1", reservedFor: "w", duplicate: true, grants: [] });
		expect(await driver.claimOne(owner)).toMatchObject({ path: "w", signalId: "s1" });
	});

	it("gives each of several waits to whoever its signal names", async (driver) => {
		const [ann, bob] = [await driver.worker(), await driver.worker()];
		await driver.start("order-1", [awaiting("f/x/w", "go"), awaiting("f/y/w", "go"), joining("j", 2)]);
		const results = await Promise.all([
			driver.signal("order-1", "go", { signalId: "s1", ...to(ann) }),
			driver.signal("order-1", "go", { signalId: "s2", ...to(bob) }),
			driver.signal("order-1", "go", { signalId: "s3", ...to(bob) }),
		]);
		expect(results.map((result) => grantsOf(result).map(({ path, signalId }) => [path, signalId]))).toEqual([
			[["f/x/w", "s1"]],
			[["f/y/w", "s2"]],
			[],
		]);
		expect((await driver.backend.held(ann)).map(({ path }) => path)).toEqual(["f/x/w"]);
		expect((await driver.backend.held(bob)).map(({ path }) => path)).toEqual(["f/y/w"]);
	});

	it("is told as a claim, for it left nothing to be taken", async (driver) => {
		const owner = await driver.worker();
		await driver.start("order-1", [awaiting("w", "go")]);
		await new Promise((resolve) => setImmediate(resolve));
		const hints: Hint[] = [];
		driver.backend.onHint((hint) => hints.push(hint));
		await driver.signal("order-1", "go", to(owner));
		await driver.signal("order-1", "go", to(owner));
		const causes = () => hints.flatMap((hint) => (hint.origin === "local" ? [hint.cause] : []));
		await expect.poll(causes).toEqual(["claim", "signal"]);
	});

	it("is taken over when its owner dies, and charges nothing", async (driver) => {
		const owner = await driver.worker();
		await driver.start("order-1", [awaiting("w", "go")]);
		await driver.signal("order-1", "go", { signalId: "s1", ...to(owner) });
		driver.expireAll();
		const heir = await driver.worker();
		expect(await driver.claimOne(heir)).toMatchObject({ path: "w", epoch: 2, attempt: 1, crashes: 0, signalId: "s1" });
	});
}
