import { expect } from "vitest";
import { BackendClosedError } from "../../core/errors.ts";
import { awaiting, completed, definition, joining, ready, textOf, value, waiting } from "./command-builders.ts";
import { casesOver, type OpenBackend, only } from "./scripted-driver.ts";

export function createCases(open: OpenBackend): void {
	const it = casesOver(open);

	it("creates exactly one instance of a hundred concurrent starts", async (driver) => {
		const commands = Array.from({ length: 100 }, () => driver.createCommand("order-1", [ready("a")]));
		const results = await Promise.all(commands.map((command) => driver.backend.create(command)));
		const winner = only(results.filter(({ kind }) => kind === "created"));
		expect(results.filter(({ kind }) => kind === "conflict")).toHaveLength(99);
		expect(new Set(results.map(({ instance }) => instance.runId))).toEqual(new Set([winner.instance.runId]));
		expect((await driver.instance("order-1")).runId).toBe(winner.instance.runId);
	});

	it("stores the instance as it was given", async (driver) => {
		const labels = { customer: "k-7", 'odd "key"': "ü ☃ \u0001" };
		const { instance, grants } = await driver.start("order-1", [ready("a")], { labels });
		expect(grants).toEqual([]);
		expect(instance).toEqual({
			instanceId: "order-1",
			runId: instance.runId,
			generation: 1,
			workflow: "order",
			definitionHash: definition().hash,
			status: "pending",
			control: "none",
			version: instance.version,
			progress: { done: 0, total: 4 },
			createdAt: driver.clock.now(),
			startedAt: null,
			updatedAt: driver.clock.now(),
			endedAt: null,
			output: null,
			error: null,
			failedPath: null,
			labels,
		});
		expect(await driver.instance("order-1")).toEqual(instance);
		const [input] = await driver.backend.readValues(instance.runId, [{ kind: "input" }]);
		expect(textOf(input)).toBe('{"of":"order-1"}');
		expect(await driver.backend.getDefinition(definition().hash)).toEqual(definition());
	});

	it("opens nodes as they were described, with times by its own clock", async (driver) => {
		const nodes = [
			ready("a", { priority: 1, tags: ["gpu", "eu"], input: "case:x|~input" }),
			waiting("b", 5_000),
			awaiting("c", "go", 9_000),
			awaiting("d", "go"),
			joining("e", 3),
		];
		const { instance } = await driver.start("order-1", nodes);
		const now = driver.clock.now();
		const { openNodes } = await driver.snapshot(instance.runId);
		const fields = openNodes.map(({ path, state, openedAs, dueAt, signal, remaining }) => {
			return [path, state, openedAs, dueAt, signal, remaining];
		});
		expect(fields.sort()).toEqual([
			["a", "ready", "ready", now, null, 0],
			["b", "waiting", "waiting", now + 5_000, null, 0],
			["c", "awaiting_signal", "awaiting_signal", now + 9_000, "go", 0],
			["d", "awaiting_signal", "awaiting_signal", null, "go", 0],
			["e", "joining", "joining", null, null, 3],
		]);
		expect(await driver.openNode(instance.runId, "a")).toMatchObject({
			attempt: 1,
			crashes: 0,
			priority: 1,
			tags: ["gpu", "eu"],
			input: "case:x|~input",
			owner: null,
			grantedAt: null,
			signalId: null,
		});
	});

	it("says how the open nodes park when nothing can run", async (driver) => {
		expect((await driver.start("w", [waiting("a", 1_000)])).instance.status).toBe("waiting");
		expect((await driver.start("s", [awaiting("a", "go")])).instance.status).toBe("awaiting_signal");
		const both = [waiting("f/x/a", 1_000), awaiting("f/y/b", "go"), joining("j", 2)];
		expect((await driver.start("both", both)).instance.status).toBe("awaiting_signal");
	});

	it("grants leases in the same commit, up to the slots named", async (driver) => {
		const owner = await driver.worker();
		const nodes = [ready("f/x/a"), ready("f/y/a"), ready("f/z/a"), waiting("f/w/a", 10), joining("j", 4)];
		const { instance, grants } = await driver.start("order-1", nodes, { grantTo: { owner, slots: 2 } });
		expect(grants).toHaveLength(2);
		expect(instance).toMatchObject({ status: "in_progress", startedAt: driver.clock.now() });
		const { openNodes } = await driver.snapshot(instance.runId);
		expect(
			openNodes
				.filter(({ state }) => state === "running")
				.map(({ path }) => path)
				.sort(),
		).toEqual(grants.map(({ path }) => path).sort());
		expect(openNodes.filter((node) => node.owner === owner)).toHaveLength(2);
		expect(grants[0]).toMatchObject({
			instanceId: "order-1",
			workflow: "order",
			attempt: 1,
			crashes: 0,
			input: "~input",
		});
	});

	it("grants nothing to a worker whose lease is not live", async (driver) => {
		const unknown = await driver.start("u", [ready("a")], { grantTo: { owner: "nobody", slots: 1 } });
		expect(unknown).toMatchObject({ grants: [], instance: { status: "pending" } });
		const owner = await driver.worker();
		driver.expireAll();
		const expired = await driver.start("e", [ready("a")], { grantTo: { owner, slots: 1 } });
		expect(expired).toMatchObject({ grants: [], instance: { status: "pending" } });
	});

	it("answers a conflict with the run that exists, live or finished, and writes nothing", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		const live = await driver.backend.create(driver.createCommand("order-1", [ready("z")]));
		expect(live).toMatchObject({ kind: "conflict", instance: { runId: grant.runId, status: "in_progress" } });
		await driver.finish(grant, owner);
		const before = await driver.instance("order-1");
		const finished = await driver.backend.create(driver.createCommand("order-1", [ready("z")]));
		expect(finished).toEqual({ kind: "conflict", instance: before });
		expect(await driver.instance("order-1")).toEqual(before);
	});

	it("gives useExisting the run that exists and writes nothing", async (driver) => {
		const { instance } = await driver.start("order-1", [ready("a")]);
		const command = driver.createCommand("order-1", [ready("z")], { onConflict: "useExisting" });
		expect(await driver.backend.create(command)).toEqual({ kind: "existing", instance });
		expect(await driver.instance("order-1")).toEqual(instance);
		expect(await driver.backend.getSnapshot(command.runId, 0)).toBeNull();
	});

	it("fences, cancels and audits the old run in the commit that replaces it", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		const fresh = await driver.start("order-1", [ready("a")], { onConflict: "terminateExisting", by: "ada" });
		expect(fresh.instance).toMatchObject({ generation: 2, status: "pending", progress: { done: 0, total: 4 } });
		const old = await driver.snapshot(grant.runId);
		expect(old.instance).toMatchObject({ status: "cancelled", control: "none", endedAt: driver.clock.now() });
		expect(old.openNodes).toEqual([]);
		expect(only(old.controlRequests)).toMatchObject({
			kind: "cancel",
			by: "ada",
			result: "applied",
			before: "in_progress",
			after: "cancelled",
		});
		expect(await driver.settle(grant, owner, completed("a"))).toEqual({ kind: "fenced" });
		expect((await driver.instance("order-1")).runId).toBe(fresh.instance.runId);
		expect((await driver.snapshot(fresh.instance.runId)).checkpoints).toEqual([]);
	});

	it("counts the generations of an instance id and keeps the finished runs", async (driver) => {
		const owner = await driver.worker();
		await driver.finish(await driver.startLeased("order-1", "a", owner), owner);
		const first = await driver.instance("order-1");
		const { instance } = await driver.start("order-1", [ready("a")], { onConflict: "terminateExisting" });
		expect(instance.generation).toBe(2);
		const old = await driver.snapshot(first.runId);
		expect(old.instance).toMatchObject({ status: "completed", generation: 1 });
		expect(old.controlRequests).toEqual([]);
	});

	it("keeps the first copy of a definition and serves many instances with it", async (driver) => {
		await driver.start("order-1", [ready("a")]);
		await driver.start("order-2", [ready("a")]);
		expect(await driver.backend.getDefinition(definition().hash)).toEqual(definition());
		expect(await driver.backend.getDefinition("unknown")).toBeNull();
	});

	it("stores bytes, not the caller's array", async (driver) => {
		const input = value({ amount: 1 });
		const { instance } = await driver.start("order-1", [ready("a")], { input });
		input.bytes.fill(0);
		const [first] = await driver.backend.readValues(instance.runId, [{ kind: "input" }]);
		expect(textOf(first)).toBe('{"amount":1}');
		first?.bytes.fill(0);
		const [again] = await driver.backend.readValues(instance.runId, [{ kind: "input" }]);
		expect(textOf(again)).toBe('{"amount":1}');
	});

	it("rejects every command once it is closed", async (driver) => {
		await driver.backend.close();
		await expect(driver.start("order-1", [ready("a")])).rejects.toSatisfy(BackendClosedError.is);
		await expect(driver.backend.getInstance("order-1")).rejects.toSatisfy(BackendClosedError.is);
	});
}
