import { expect } from "vitest";
import { awaiting, completed, failed, ready, retryIn, waiting } from "./command-builders.ts";
import { casesOver, nth, type OpenBackend, only } from "./scripted-driver.ts";

export function controlCases(open: OpenBackend): void {
	const it = casesOver(open);

	it("pauses at once when nothing is in flight, with no worker alive", async (driver) => {
		const { instance } = await driver.start("order-1", [ready("a")]);
		driver.clock.advance(5);
		const result = await driver.backend.pause(driver.request("order-1", { by: "ada", reason: "lunch" }));
		expect(result).toMatchObject({ kind: "accepted", changed: true, inFlight: [], instance: { status: "paused" } });
		const request = only((await driver.snapshot(instance.runId)).controlRequests);
		expect(request).toEqual({
			requestId: request.requestId,
			kind: "pause",
			path: null,
			by: "ada",
			reason: "lunch",
			requestedAt: driver.clock.now(),
			result: "applied",
			before: "pending",
			after: "paused",
			because: null,
			version: (await driver.instance("order-1")).version,
		});
	});

	it("names the tasks that a pause waits for, lets them end, and records them", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		const grantedAt = driver.clock.now();
		driver.clock.advance(10);
		const result = await driver.backend.pause(driver.request("order-1"));
		expect(result).toMatchObject({
			kind: "accepted",
			changed: true,
			instance: { status: "in_progress", control: "pausing" },
			inFlight: [{ path: "a", attempt: 1, worker: owner, grantedAt }],
		});
		const settled = await driver.settled(grant, owner, completed("a", { open: [ready("b")] }), 5);
		expect(settled).toMatchObject({ status: "paused", control: "none", grants: [] });
		const { checkpoints } = await driver.snapshot(grant.runId);
		expect(only(checkpoints).path).toBe("a");
		expect((await driver.claim(owner)).grants).toEqual([]);
		await driver.backend.unpause(driver.request("order-1"));
		expect(await driver.claimOne(owner)).toMatchObject({ path: "b", attempt: 1 });
	});

	it("pauses when the last of several tasks in flight has ended", async (driver) => {
		const owner = await driver.worker();
		const { grants } = await driver.start("order-1", [ready("f/x/a"), ready("f/y/a")], {
			grantTo: { owner, slots: 2 },
		});
		const result = await driver.backend.pause(driver.request("order-1"));
		if (result.kind !== "accepted") throw new Error("a pause of a live instance must be accepted");
		expect(result.inFlight.map(({ path }) => path).sort()).toEqual(["f/x/a", "f/y/a"]);
		const first = await driver.settled(
			nth(grants, 0),
			owner,
			completed(nth(grants, 0).path, { open: [ready("z")] }),
			1,
		);
		expect(first).toMatchObject({ control: "pausing", grants: [] });
		const last = await driver.settled(nth(grants, 1), owner, retryIn(10), 1);
		expect(last).toMatchObject({ status: "paused", control: "none" });
	});

	it("grants nothing in a settle or claim from the acknowledgement of a pause on", async (driver) => {
		const owner = await driver.worker();
		await driver.start("order-1", [ready("f/x/a"), ready("f/y/a")], { grantTo: { owner, slots: 1 } });
		await driver.backend.pause(driver.request("order-1"));
		expect((await driver.claim(owner)).grants).toEqual([]);
		expect((await driver.claim(owner, { runId: (await driver.instance("order-1")).runId })).grants).toEqual([]);
	});

	it("lets completion win over pausing", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		await driver.backend.pause(driver.request("order-1"));
		expect(await driver.finish(grant, owner)).toMatchObject({ status: "completed", control: "none" });
	});

	it("lets final failure win over pausing", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		await driver.backend.pause(driver.request("order-1"));
		expect(await driver.settled(grant, owner, failed())).toMatchObject({ status: "failed", control: "none" });
	});

	it("withdraws a pause that still waits", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		await driver.backend.pause(driver.request("order-1"));
		const result = await driver.backend.unpause(driver.request("order-1"));
		expect(result).toMatchObject({
			kind: "accepted",
			changed: true,
			instance: { status: "in_progress", control: "none" },
		});
		const { grants } = await driver.settled(grant, owner, completed("a", { open: [ready("b")] }), 1);
		expect(only(grants).path).toBe("b");
	});

	it("leaves an instance as it was after pause and unpause with nothing in flight", async (driver) => {
		const shapes = { fresh: [ready("a")], nap: [waiting("a", 9_000)], wait: [awaiting("a", "go", 9_000)] };
		for (const [id, nodes] of Object.entries(shapes)) {
			const { instance } = await driver.start(id, nodes);
			const { openNodes } = await driver.snapshot(instance.runId);
			await driver.backend.pause(driver.request(id));
			await driver.backend.unpause(driver.request(id));
			const after = await driver.snapshot(instance.runId);
			expect(after.instance).toEqual({ ...instance, version: after.instance.version });
			expect(after.openNodes).toEqual(openNodes);
		}
	});

	it("is not lifted by lease expiry, a timer, a signal or a retry that is due", async (driver) => {
		const dead = await driver.worker();
		await driver.startLeased("crashed", "a", dead);
		await driver.start("nap", [waiting("a", 100)]);
		await driver.start("wait", [awaiting("a", "go")]);
		await driver.settled(await driver.startLeased("retry", "a", dead), dead, retryIn(100));
		const ids = ["crashed", "nap", "wait", "retry"];
		for (const id of ids) await driver.backend.pause(driver.request(id));
		await driver.signal("wait", "go");
		driver.expireAll();
		await driver.backend.reap();
		const owner = await driver.worker();
		expect(await driver.claim(owner)).toMatchObject({ grants: [], nextDueAt: null });
		for (const id of ids) expect([id, await driver.stateOf(id)]).toEqual([id, "paused"]);
		for (const id of ids) await driver.backend.unpause(driver.request(id));
		const { grants } = await driver.claim(owner);
		expect(grants.map(({ instanceId, crashes }) => [instanceId, crashes]).sort()).toEqual([
			["crashed", 1],
			["nap", 0],
			["retry", 0],
			["wait", 0],
		]);
	});

	it("cancels at once when nothing is in flight, and leaves nothing open", async (driver) => {
		const { instance } = await driver.start("order-1", [ready("a"), waiting("b", 50)]);
		const result = await driver.backend.cancel(driver.request("order-1", { reason: "wrong order" }));
		expect(result).toMatchObject({
			kind: "accepted",
			changed: true,
			inFlight: [],
			instance: { status: "cancelled", control: "none", endedAt: driver.clock.now() },
		});
		const { openNodes, controlRequests } = await driver.snapshot(instance.runId);
		expect(openNodes).toEqual([]);
		expect(only(controlRequests)).toMatchObject({ kind: "cancel", reason: "wrong order", after: "cancelled" });
		expect((await driver.claim(await driver.worker())).grants).toEqual([]);
	});

	it("names the tasks that a cancel waits for and discards what they answer", async (driver) => {
		const owner = await driver.worker();
		const { grants } = await driver.start("order-1", [ready("f/x/a"), ready("f/y/a"), ready("f/z/a")], {
			grantTo: { owner, slots: 2 },
		});
		const result = await driver.backend.cancel(driver.request("order-1"));
		expect(result).toMatchObject({ kind: "accepted", instance: { control: "cancelling" } });
		expect(result.kind === "accepted" && result.inFlight).toHaveLength(2);
		const [first, second] = [nth(grants, 0), nth(grants, 1)];
		const discarded = await driver.settle(first, owner, completed(first.path, { open: [ready("z")] }), 5);
		expect(discarded).toEqual({ kind: "discarded", status: "in_progress", control: "cancelling" });
		const last = await driver.settle(second, owner, { kind: "released" });
		expect(last).toEqual({ kind: "discarded", status: "cancelled", control: "none" });
		const { instance, checkpoints, attempts, openNodes } = await driver.snapshot(first.runId);
		expect(instance).toMatchObject({ status: "cancelled", endedAt: driver.clock.now(), progress: { done: 0 } });
		expect(checkpoints).toEqual([]);
		expect(openNodes).toEqual([]);
		expect(attempts.map(({ outcome, error }) => [outcome, error])).toEqual([
			["cancelled", null],
			["cancelled", null],
		]);
	});

	it("never completes or fails an instance that is being cancelled", async (driver) => {
		const owner = await driver.worker();
		for (const [id, outcome] of [
			["done", completed("a", { result: "a" })],
			["broken", failed()],
			["again", retryIn(10)],
		] as const) {
			const grant = await driver.startLeased(id, "a", owner);
			await driver.backend.cancel(driver.request(id));
			expect(await driver.settle(grant, owner, outcome)).toMatchObject({ kind: "discarded", status: "cancelled" });
			expect(await driver.instance(id)).toMatchObject({ status: "cancelled", output: null, error: null });
		}
	});

	it("refuses pause and unpause while cancelling, and audits that", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		await driver.backend.cancel(driver.request("order-1"));
		for (const kind of ["pause", "unpause"] as const) {
			const result = await driver.backend[kind](driver.request("order-1"));
			expect(result).toMatchObject({ kind: "conflict", instance: { control: "cancelling" } });
		}
		const { controlRequests } = await driver.snapshot(grant.runId);
		expect(controlRequests.map(({ kind, result, after }) => [kind, result, after])).toEqual([
			["cancel", "applied", "cancelling"],
			["pause", "refused", "cancelling"],
			["unpause", "refused", "cancelling"],
		]);
	});

	it("refuses a finished instance with what it ended as, and audits that", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		await driver.finish(grant, owner);
		const kinds = ["pause", "unpause", "cancel", "retry"] as const;
		for (const kind of kinds) {
			const result = await driver.backend[kind](driver.request("order-1"));
			expect(result).toMatchObject({ kind: "finished", instance: { status: "completed", control: "none" } });
		}
		const { controlRequests, instance } = await driver.snapshot(grant.runId);
		expect(instance).toMatchObject({ status: "completed", output: "a" });
		expect(controlRequests.map(({ kind, result }) => [kind, result])).toEqual(kinds.map((kind) => [kind, "refused"]));
	});

	it("refuses an unknown instance", async (driver) => {
		for (const kind of ["pause", "unpause", "cancel", "retry"] as const) {
			expect(await driver.backend[kind](driver.request("nobody"))).toEqual({ kind: "not_found" });
		}
	});

	it("refuses a request that was meant for another run", async (driver) => {
		const { instance: old } = await driver.start("order-1", [ready("a")]);
		const { instance } = await driver.start("order-1", [ready("a")], { onConflict: "terminateExisting" });
		const stale = await driver.backend.cancel(driver.request("order-1", { expectedRunId: old.runId }));
		expect(stale).toMatchObject({ kind: "conflict", instance: { runId: instance.runId } });
		expect(only((await driver.snapshot(instance.runId)).controlRequests)).toMatchObject({ result: "refused" });
		expect(await driver.stateOf("order-1")).toBe("pending");
		const meant = await driver.backend.cancel(driver.request("order-1", { expectedRunId: instance.runId }));
		expect(meant).toMatchObject({ kind: "accepted", changed: true });
	});

	it("audits a request of somebody who may not, and changes nothing", async (driver) => {
		const { instance } = await driver.start("order-1", [ready("a")]);
		const request = driver.request("order-1", { by: "vera", reason: "why not", forbidden: "a viewer may not cancel" });
		for (const again of [request, { ...request, forbidden: "asked again" }]) {
			const refused = await driver.backend.cancel(again);
			expect(refused).toMatchObject({ kind: "conflict", because: "a viewer may not cancel" });
		}
		const after = await driver.snapshot(instance.runId);
		expect(after.instance).toMatchObject({ status: "pending", control: "none" });
		expect(only(after.controlRequests)).toMatchObject({
			kind: "cancel",
			by: "vera",
			reason: "why not",
			result: "refused",
			because: "a viewer may not cancel",
			before: "pending",
			after: "pending",
		});
		expect(await driver.backend.pause(driver.request("nobody", { forbidden: "no" }))).toEqual({ kind: "not_found" });
	});

	it("audits who is shown what is hidden, also of an ended instance, and moves nothing", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		const shown = driver.request("order-1", { by: "ada", reason: "the input" });
		for (const _ of ["asked", "asked again, because the answer was lost"]) {
			expect(await driver.backend.reveal(shown)).toMatchObject({ kind: "accepted", changed: true, inFlight: [] });
		}
		await driver.finish(grant, owner);
		await driver.backend.reveal(
			driver.request("order-1", { by: "vera", reason: null, forbidden: "a viewer may not see that" }),
		);
		expect(await driver.backend.reveal(driver.request("order-1", { reason: null }))).toMatchObject({
			kind: "accepted",
			changed: true,
		});
		expect(await driver.backend.reveal(driver.request("nobody"))).toEqual({ kind: "not_found" });
		const { instance, controlRequests } = await driver.snapshot(grant.runId);
		expect(instance).toMatchObject({ status: "completed", control: "none" });
		expect(
			controlRequests.map(({ kind, by, reason, result, before, after }) => [kind, by, reason, result, before, after]),
		).toEqual([
			["reveal", "ada", "the input", "applied", "in_progress", "in_progress"],
			["reveal", "vera", null, "refused", "completed", "completed"],
			["reveal", "operator", null, "applied", "completed", "completed"],
		]);
		expect(controlRequests.every(({ version }) => version <= instance.version)).toBe(true);
	});

	it("keeps no reason where none was given, and hostile text as it is", async (driver) => {
		const { instance } = await driver.start("order-1", [ready("a")]);
		const reason = "<img src=x onerror=alert(1)>'; DROP TABLE instance; --\n☃";
		await driver.backend.pause(driver.request("order-1", { reason: null }));
		await driver.backend.unpause(driver.request("order-1", { reason, by: "o'hara" }));
		const { controlRequests } = await driver.snapshot(instance.runId);
		expect(controlRequests.map((request) => [request.by, request.reason])).toEqual([
			["operator", null],
			["o'hara", reason],
		]);
	});

	it("applies racing requests one after the other", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		const results = await Promise.all([
			driver.backend.pause(driver.request("order-1")),
			driver.backend.cancel(driver.request("order-1")),
			driver.finish(grant, owner).catch(() => null),
		]);
		const { instance, controlRequests } = await driver.snapshot(grant.runId);
		expect(["completed", "cancelled"]).toContain(instance.status);
		expect(instance.control).toBe("none");
		expect(results).toHaveLength(3);
		expect(controlRequests).toHaveLength(2);
	});
}
