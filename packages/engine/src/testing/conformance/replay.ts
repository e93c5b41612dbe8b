import { expect } from "vitest";
import { completed, error, failed, joining, own, ready, retryIn, value } from "./command-builders.ts";
import { casesOver, type OpenBackend, only } from "./scripted-driver.ts";

/** An acknowledgement can be lost after its commit: the same command again answers as the first time did. */
export function replayCases(open: OpenBackend): void {
	const it = casesOver(open);

	it("answers a repeated create with the same run and the same leases", async (driver) => {
		const owner = await driver.worker();
		const command = driver.createCommand("order-1", [ready("f/x/a"), ready("f/y/a")], { grantTo: { owner, slots: 2 } });
		const first = await driver.backend.create(command);
		const again = await driver.backend.create(command);
		expect(again.kind).toBe("created");
		expect(again.instance).toEqual(first.instance);
		if (first.kind !== "created" || again.kind !== "created") return;
		expect(byPath(again.grants)).toEqual(byPath(first.grants));
	});

	it("answers a repeated terminateExisting without a second generation", async (driver) => {
		const { instance: old } = await driver.start("order-1", [ready("a")]);
		const command = driver.createCommand("order-1", [ready("a")], { onConflict: "terminateExisting" });
		await driver.backend.create(command);
		expect(await driver.backend.create(command)).toMatchObject({ kind: "created", instance: { generation: 2 } });
		expect((await driver.snapshot(old.runId)).controlRequests).toHaveLength(1);
	});

	it("answers a repeated settle with the leases it had granted, and records nothing twice", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		const outcome = completed("a", { open: [ready("b"), ready("c"), ready("d")] });
		const command = driver.settleCommand(grant, owner, outcome, 2);
		const first = await driver.backend.settle(command);
		const before = await driver.snapshot(grant.runId);
		const again = await driver.backend.settle(command);
		expect(first).toMatchObject({ kind: "settled", replayed: false });
		expect(again).toMatchObject({ kind: "settled", replayed: true, status: "in_progress" });
		if (first.kind !== "settled" || again.kind !== "settled") return;
		expect(byPath(again.grants)).toEqual(byPath(first.grants));
		expect(await driver.snapshot(grant.runId)).toEqual(before);
	});

	it("grants a repeated settle nothing that was settled or taken since", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		const command = driver.settleCommand(grant, owner, completed("a", { open: [ready("b")] }), 1);
		const first = await driver.backend.settle(command);
		if (first.kind !== "settled") throw new Error("the first settle must settle");
		await driver.settled(only(first.grants), owner, completed("b", { open: [ready("c")] }), 1);
		expect(await driver.backend.settle(command)).toMatchObject({ kind: "settled", replayed: true, grants: [] });
	});

	it("fences another worker that sends a settle which was committed for its owner", async (driver) => {
		const [owner, other] = [await driver.worker(), await driver.worker()];
		const grant = await driver.startLeased("order-1", "a", owner);
		const outcome = completed("a", { open: [ready("b")] });
		await driver.settled(grant, owner, outcome);
		expect(await driver.settle(grant, other, outcome)).toEqual({ kind: "fenced" });
	});

	it("answers a repeated failed attempt without a second attempt row", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		const command = driver.settleCommand(grant, owner, retryIn(1_000));
		await driver.backend.settle(command);
		const before = await driver.snapshot(grant.runId);
		expect(await driver.backend.settle(command)).toMatchObject({ kind: "settled", replayed: true, status: "waiting" });
		expect(await driver.snapshot(grant.runId)).toEqual(before);
	});

	it("answers a repeated final settle of a finished instance", async (driver) => {
		const owner = await driver.worker();
		const done = await driver.startLeased("done", "a", owner);
		const command = driver.settleCommand(done, owner, completed("a", { result: "a" }));
		await driver.backend.settle(command);
		expect(await driver.backend.settle(command)).toMatchObject({
			kind: "settled",
			replayed: true,
			status: "completed",
		});
		const broken = await driver.startLeased("broken", "a", owner);
		const failing = driver.settleCommand(broken, owner, failed());
		await driver.backend.settle(failing);
		expect(await driver.backend.settle(failing)).toMatchObject({ kind: "settled", replayed: true, status: "failed" });
		expect((await driver.snapshot(broken.runId)).attempts).toHaveLength(1);
	});

	it("does not take a lost attempt of the same epoch for the caller's own settle", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		driver.expireAll();
		await driver.claimOne(await driver.worker());
		expect(await driver.settle(grant, owner, retryIn(10))).toEqual({ kind: "fenced" });
		expect(await driver.settle(grant, owner, failed())).toEqual({ kind: "fenced" });
	});

	it("answers a repeated signal with the first one's, and stores it once", async (driver) => {
		const { instance } = await driver.start("order-1", [ready("a")]);
		const details = { signalId: "signal-1", payload: value(1) };
		const first = await driver.signal("order-1", "go", details);
		expect(await driver.signal("order-1", "go", details)).toEqual(first);
		expect((await driver.snapshot(instance.runId)).signals).toHaveLength(1);
	});

	it("answers a repeated signal also after the instance has ended", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		const details = { signalId: "signal-1", idempotencyKey: "key-1", payload: value(1) };
		const first = await driver.signal("order-1", "go", details);
		await driver.finish(grant, owner);
		expect(await driver.signal("order-1", "go", details)).toEqual(first);
		const sameKey = await driver.signal("order-1", "go", { idempotencyKey: "key-1", payload: value(1) });
		expect(sameKey).toMatchObject({ kind: "stored", signalId: "signal-1", duplicate: true });
	});

	it("answers a repeated control request with the first one's, and audits it once", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		const request = driver.request("order-1");
		const first = await driver.backend.pause(request);
		const again = await driver.backend.pause(request);
		expect(first).toMatchObject({ kind: "accepted", changed: true });
		expect(again).toMatchObject({ kind: "accepted", changed: true });
		expect((await driver.snapshot(grant.runId)).controlRequests).toHaveLength(1);
	});

	it("audits a repeated refusal once", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		await driver.finish(grant, owner);
		const request = driver.request("order-1");
		expect(await driver.backend.cancel(request)).toMatchObject({ kind: "finished" });
		expect(await driver.backend.cancel(request)).toMatchObject({ kind: "finished" });
		expect((await driver.snapshot(grant.runId)).controlRequests).toHaveLength(1);
	});

	it("answers a repeated settle of attempts that ran out like any other, with what it granted", async (driver) => {
		const owner = await driver.worker();
		const { grants } = await driver.start("order-1", [ready("f/x/a"), joining("j", 1)], {
			grantTo: { owner, slots: 1 },
		});
		const failure = { outcome: "lost", error: error("gave up") } as const;
		const recorded = [own("f/x")];
		const outcome = completed("f/x/a", { recorded, failure, countDown: "j", closes: "f/x/", progress: 0 });
		const command = driver.settleCommand(only(grants), owner, outcome, 1);
		expect(await driver.backend.settle(command)).toMatchObject({ kind: "settled", grants: [{ path: "j" }] });
		expect(await driver.backend.settle(command)).toMatchObject({ replayed: true, grants: [{ path: "j" }] });
	});

	it("refuses a request id that was used for another request, rather than to answer for it", async (driver) => {
		await driver.start("order-1", [ready("a")]);
		await driver.start("order-2", [ready("a")]);
		const { requestId } = driver.request("order-1");
		await driver.backend.pause(driver.request("order-1", { requestId }));
		const refusal = { code: "InvalidArgument", argument: "requestId" };
		await expect(driver.backend.cancel(driver.request("order-1", { requestId }))).rejects.toMatchObject(refusal);
		await expect(driver.backend.pause(driver.request("order-2", { requestId }))).rejects.toMatchObject(refusal);
		expect([await driver.stateOf("order-1"), await driver.stateOf("order-2")]).toEqual(["paused", "pending"]);
	});
}

function byPath<T extends { readonly path: string }>(list: readonly T[]): readonly T[] {
	return [...list].sort((a, b) => (a.path < b.path ? -1 : 1));
}
