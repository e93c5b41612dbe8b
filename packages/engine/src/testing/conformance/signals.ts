import { expect } from "vitest";
import { awaiting, completed, error, joining, ready, textOf, value } from "./command-builders.ts";
import { casesOver, nth, type OpenBackend, only } from "./scripted-driver.ts";

export function signalCases(open: OpenBackend): void {
	const it = casesOver(open);

	it("reserves a signal for the wait of its name, which becomes ready", async (driver) => {
		const owner = await driver.worker();
		const { instance } = await driver.start("order-1", [awaiting("w", "go")]);
		const result = await driver.signal("order-1", "go", { signalId: "signal-1", payload: value({ ok: true }) });
		expect(result).toEqual({ kind: "stored", signalId: "signal-1", reservedFor: "w", duplicate: false, grants: [] });
		expect(await driver.openNode(instance.runId, "w")).toMatchObject({
			state: "ready",
			openedAs: "awaiting_signal",
			signalId: "signal-1",
		});
		const grant = await driver.claimOne(owner);
		expect(grant).toMatchObject({ path: "w", signalId: "signal-1", dueAt: null });
		const [payload] = await driver.backend.readValues(instance.runId, [{ kind: "signal", signalId: "signal-1" }]);
		expect(textOf(payload)).toBe('{"ok":true}');
	});

	it("consumes the signal, records the wait and moves on in one settle", async (driver) => {
		const owner = await driver.worker();
		const { instance } = await driver.start("order-1", [awaiting("w", "go")]);
		await driver.signal("order-1", "go", { signalId: "signal-1" });
		const grant = await driver.claimOne(owner);
		expect(only((await driver.snapshot(instance.runId)).signals)).toMatchObject({ reservedFor: "w", consumedBy: null });
		const recorded = [{ path: "w", output: "~signal:signal-1", value: null }];
		const outcome = completed("w", { recorded, consumes: "signal-1", open: [ready("a", { input: "w" })] });
		expect(only((await driver.settled(grant, owner, outcome, 1)).grants).path).toBe("a");
		const { signals, checkpoints } = await driver.snapshot(instance.runId);
		expect(only(signals)).toMatchObject({ reservedFor: "w", consumedBy: "w" });
		expect(only(checkpoints)).toMatchObject({ path: "w", output: "~signal:signal-1", size: null });
	});

	it("keeps early signals and hands them out in the order they came, name by name", async (driver) => {
		const owner = await driver.worker();
		let grant = await driver.startLeased("order-1", "a", owner);
		for (const [signalId, name] of [
			["s1", "go"],
			["s2", "stop"],
			["s3", "go"],
		] as const) {
			const result = await driver.signal("order-1", name, { signalId });
			expect(result).toMatchObject({ kind: "stored", reservedFor: null });
		}
		const taken: (string | null)[] = [];
		for (const [path, name] of [
			["w1", "go"],
			["w2", "go"],
			["w3", "stop"],
		] as const) {
			const outcome = completed(grant.path, { consumes: grant.signalId, open: [awaiting(path, name)] });
			grant = only((await driver.settled(grant, owner, outcome, 1)).grants);
			taken.push(grant.signalId);
		}
		expect(taken).toEqual(["s1", "s3", "s2"]);
	});

	it("gives a signal to the oldest of several waits of its name", async (driver) => {
		const owner = await driver.worker();
		const nodes = [ready("f/x/a"), ready("f/y/a"), joining("j", 2)];
		const { instance, grants } = await driver.start("order-1", nodes, { grantTo: { owner, slots: 2 } });
		const at = (path: string) =>
			nth(
				grants.filter((grant) => grant.path === path),
				0,
			);
		await driver.settled(at("f/y/a"), owner, completed("f/y/a", { open: [awaiting("f/y/w", "go")] }));
		await driver.settled(at("f/x/a"), owner, completed("f/x/a", { open: [awaiting("f/x/w", "go")] }));
		const { openNodes } = await driver.snapshot(instance.runId);
		expect(openNodes.filter(({ signal }) => signal === "go").map(({ path }) => path)).toEqual(["f/y/w", "f/x/w"]);
		expect(await driver.signal("order-1", "go")).toMatchObject({ reservedFor: "f/y/w" });
		expect(await driver.signal("order-1", "go")).toMatchObject({ reservedFor: "f/x/w" });
		expect(await driver.signal("order-1", "go")).toMatchObject({ reservedFor: null });
		expect((await driver.snapshot(instance.runId)).signals).toHaveLength(3);
	});

	it("reserves each of two racing signals for a wait of its own", async (driver) => {
		await driver.start("order-1", [awaiting("f/x/w", "go"), awaiting("f/y/w", "go"), joining("j", 2)]);
		const results = await Promise.all([driver.signal("order-1", "go"), driver.signal("order-1", "go")]);
		const reserved = results.map((result) => (result.kind === "stored" ? result.reservedFor : null));
		expect(reserved.sort()).toEqual(["f/x/w", "f/y/w"]);
	});

	it("leaves waits for other names alone", async (driver) => {
		const { instance } = await driver.start("order-1", [awaiting("w", "go")]);
		expect(await driver.signal("order-1", "stop")).toMatchObject({ reservedFor: null });
		expect(await driver.openStates(instance.runId)).toEqual({ w: "awaiting_signal" });
		expect(await driver.stateOf("order-1")).toBe("awaiting_signal");
	});

	it("stores one signal for one idempotency key and refuses the key for another message", async (driver) => {
		const { instance } = await driver.start("order-1", [awaiting("w", "go")]);
		const key = { idempotencyKey: "key-1", payload: value(1) };
		const first = await driver.signal("order-1", "go", { signalId: "s1", ...key });
		const again = await driver.signal("order-1", "go", { signalId: "s2", ...key });
		expect(first).toMatchObject({ kind: "stored", signalId: "s1", duplicate: false });
		expect(again).toEqual({ kind: "stored", signalId: "s1", reservedFor: "w", duplicate: true, grants: [] });
		const other = await driver.signal("order-1", "go", { signalId: "s3", ...key, payload: value(2) });
		expect(other).toEqual({ kind: "key_conflict" });
		expect(await driver.signal("order-1", "stop", { signalId: "s4", ...key })).toEqual({ kind: "key_conflict" });
		expect((await driver.snapshot(instance.runId)).signals).toHaveLength(1);
	});

	it("stores one signal when sends with one key race", async (driver) => {
		const { instance } = await driver.start("order-1", [ready("a")]);
		const details = { idempotencyKey: "key-1", payload: value(1) };
		const results = await Promise.all(Array.from({ length: 10 }, () => driver.signal("order-1", "go", details)));
		expect(new Set(results.map((result) => (result.kind === "stored" ? result.signalId : result.kind))).size).toBe(1);
		expect((await driver.snapshot(instance.runId)).signals).toHaveLength(1);
	});

	it("keeps keys of different instances apart", async (driver) => {
		await driver.start("order-1", [ready("a")]);
		await driver.start("order-2", [ready("a")]);
		const details = { idempotencyKey: "key-1", payload: value(1) };
		expect(await driver.signal("order-1", "go", details)).toMatchObject({ duplicate: false });
		expect(await driver.signal("order-2", "go", { ...details, payload: value(2) })).toMatchObject({ duplicate: false });
	});

	it("refuses an unknown instance and stores nothing", async (driver) => {
		expect(await driver.signal("nobody", "go", { signalId: "s1" })).toEqual({ kind: "not_found" });
		const { instance } = await driver.start("nobody", [ready("a")]);
		expect((await driver.snapshot(instance.runId)).signals).toEqual([]);
		expect(await driver.signal("nobody", "go", { signalId: "s1" })).toMatchObject({ kind: "stored" });
	});

	it("refuses a finished instance, says what it ended as, and stores nothing", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		await driver.finish(grant, owner);
		const before = await driver.snapshot(grant.runId);
		expect(await driver.signal("order-1", "go")).toMatchObject({ kind: "finished", instance: { status: "completed" } });
		expect(await driver.snapshot(grant.runId)).toEqual(before);
	});

	it("stores a signal while paused and reserves it, but grants nothing until unpause", async (driver) => {
		const owner = await driver.worker();
		const { instance } = await driver.start("order-1", [awaiting("w", "go")]);
		await driver.backend.pause(driver.request("order-1"));
		expect(await driver.signal("order-1", "go", { signalId: "s1" })).toMatchObject({ reservedFor: "w" });
		expect(await driver.stateOf("order-1")).toBe("paused");
		expect((await driver.claim(owner)).grants).toEqual([]);
		expect(only((await driver.snapshot(instance.runId)).signals).consumedBy).toBeNull();
		await driver.backend.unpause(driver.request("order-1"));
		expect(await driver.claimOne(owner)).toMatchObject({ path: "w", signalId: "s1" });
	});

	it("puts a signal reserved in a branch that is closed back, for the next wait of its name", async (driver) => {
		const owner = await driver.worker();
		const nodes = [
			ready("f/x/g/p/a"),
			awaiting("f/x/g/q/w", "go"),
			joining("f/x/gj", 2),
			ready("f/y/a"),
			joining("j", 2),
		];
		const { instance, grants } = await driver.start("order-1", nodes, { grantTo: { owner, slots: 2 } });
		const at = (path: string) =>
			nth(
				grants.filter((grant) => grant.path === path),
				0,
			);
		expect(await driver.signal("order-1", "go", { signalId: "s1" })).toMatchObject({ reservedFor: "f/x/g/q/w" });
		expect(await driver.signal("order-1", "go", { signalId: "s2" })).toMatchObject({ reservedFor: null });
		const failure = { outcome: "failed", error: error("no") } as const;
		const recorded = [{ path: "f/x", output: "error|f/x", value: value("no") }];
		const outcome = completed("f/x/g/p/a", { recorded, failure, closes: "f/x/", countDown: "j" });
		await driver.settled(at("f/x/g/p/a"), owner, outcome);
		const { signals } = await driver.snapshot(instance.runId);
		expect(signals.map(({ reservedFor }) => reservedFor)).toEqual([null, null]);
		const next = completed("f/y/a", { open: [awaiting("f/y/w", "go")] });
		expect(only((await driver.settled(at("f/y/a"), owner, next, 1)).grants).signalId).toBe("s1");
	});

	it("lists signals with sender, size and time, and no payload", async (driver) => {
		const { instance } = await driver.start("order-1", [ready("a")]);
		driver.clock.advance(5);
		await driver.signal("order-1", "go", { signalId: "s1", by: "ada", payload: value("12345") });
		const signal = only((await driver.snapshot(instance.runId)).signals);
		expect(signal).toEqual({
			signalId: "s1",
			name: "go",
			by: "ada",
			size: 7,
			receivedAt: driver.clock.now(),
			reservedFor: null,
			consumedBy: null,
			version: signal.version,
		});
	});
}
