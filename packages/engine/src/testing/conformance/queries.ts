import { expect } from "vitest";
import type { InstanceQuery } from "../../backend/contract.ts";
import { InvalidArgumentError } from "../../core/errors.ts";
import { awaiting, completed, definition, own, ready, retryIn, textOf, value, waiting } from "./command-builders.ts";
import { casesOver, nth, type OpenBackend, only, type ScriptedDriver } from "./scripted-driver.ts";

const ALL: InstanceQuery = { statuses: [], workflows: [], limit: 50, cursor: null };

/** Instance ids page by page, until there is no next page. */
async function pages(driver: ScriptedDriver, query: Partial<InstanceQuery>): Promise<readonly string[][]> {
	const read: string[][] = [];
	let cursor: string | null = null;
	do {
		const page = await driver.backend.listInstances({ ...ALL, ...query, cursor });
		read.push(page.instances.map(({ instanceId }) => instanceId));
		cursor = page.nextCursor;
	} while (cursor !== null && read.length < 100);
	return read;
}

export function queryCases(open: OpenBackend): void {
	const it = casesOver(open);

	it("knows nothing of an unknown instance or run", async (driver) => {
		expect(await driver.backend.getInstance("nobody")).toBeNull();
		expect(await driver.backend.getSnapshot("nothing", 0)).toBeNull();
		expect(await driver.backend.readValues("nothing", [{ kind: "input" }])).toEqual([null]);
		expect(await driver.backend.readOutputs("nothing", ["a"])).toEqual([null]);
		expect(await driver.backend.listInstances(ALL)).toEqual({
			now: driver.clock.now(),
			instances: [],
			nextCursor: null,
		});
	});

	it("pages through all instances newest first, without gaps or repeats", async (driver) => {
		const made: string[] = [];
		for (let n = 0; n < 23; n += 1) {
			made.push(`order-${n}`);
			await driver.start(`order-${n}`, [ready("a")]);
			if (n % 3 === 0) driver.clock.advance(1);
		}
		const read = await pages(driver, { limit: 5 });
		expect(read.map((page) => page.length)).toEqual([5, 5, 5, 5, 3]);
		expect(read.flat()).toEqual(made.reverse());
	});

	it("keeps its place while new instances come", async (driver) => {
		for (let n = 0; n < 6; n += 1) {
			await driver.start(`old-${n}`, [ready("a")]);
			driver.clock.advance(1);
		}
		const first = await driver.backend.listInstances({ ...ALL, limit: 3 });
		await driver.start("new", [ready("a")]);
		const second = await driver.backend.listInstances({ ...ALL, limit: 3, cursor: first.nextCursor });
		expect(second.instances.map(({ instanceId }) => instanceId)).toEqual(["old-2", "old-1", "old-0"]);
		expect(second.nextCursor).toBeNull();
	});

	it("filters by status and by workflow, and pages within the filter", async (driver) => {
		for (let n = 0; n < 4; n += 1) {
			await driver.start(`order-${n}`, [ready("a")]);
			await driver.start(`nap-${n}`, [waiting("a", 99)], { definition: definition("nap") });
			await driver.start(`wait-${n}`, [awaiting("a", "go")], { definition: definition("nap") });
			driver.clock.advance(1);
		}
		const naps = ["nap-3", "nap-2", "nap-1", "nap-0"];
		expect((await pages(driver, { statuses: ["waiting"], limit: 3 })).flat()).toEqual(naps);
		expect((await pages(driver, { workflows: ["order"], limit: 2 })).flat()).toHaveLength(4);
		expect((await pages(driver, { workflows: ["order", "nap"], limit: 200 })).flat()).toHaveLength(12);
		expect((await pages(driver, { statuses: ["waiting", "awaiting_signal"], workflows: ["nap"] })).flat()).toHaveLength(
			8,
		);
		expect((await pages(driver, { statuses: ["waiting"], workflows: ["order"] })).flat()).toEqual([]);
		expect((await pages(driver, { workflows: ["no such"] })).flat()).toEqual([]);
	});

	it("refuses a page size out of range and a cursor that is none", async (driver) => {
		for (const limit of [0, 201, 1.5]) {
			const list = driver.backend.listInstances({ ...ALL, limit });
			await expect(list).rejects.toSatisfy(InvalidArgumentError.is);
		}
		const list = driver.backend.listInstances({ ...ALL, cursor: "'; DROP TABLE instance; --" });
		await expect(list).rejects.toSatisfy(InvalidArgumentError.is);
	});

	it("counts instances by status and names every workflow", async (driver) => {
		const owner = await driver.worker();
		await driver.start("p", [ready("a")]);
		await driver.start("w", [waiting("a", 99)], { definition: definition("nap") });
		await driver.finish(await driver.startLeased("c", "a", owner), owner);
		await driver.start("x", [ready("a")], { definition: definition("alpha") });
		await driver.backend.cancel(driver.request("x"));
		expect(await driver.backend.countInstances()).toEqual({
			byStatus: {
				pending: 1,
				in_progress: 0,
				waiting: 1,
				awaiting_signal: 0,
				paused: 0,
				completed: 1,
				failed: 0,
				cancelled: 1,
			},
			workflows: ["alpha", "nap", "order"],
		});
	});

	it("gives the newest run of an instance id", async (driver) => {
		await driver.start("order-1", [ready("a")]);
		const { instance } = await driver.start("order-1", [ready("a")], { onConflict: "terminateExisting" });
		expect(await driver.instance("order-1")).toEqual(instance);
	});

	it("raises the version with every change and gives exactly what changed since one", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		const v1 = (await driver.instance("order-1")).version;
		const { grants } = await driver.settled(grant, owner, completed("a", { open: [ready("b")] }), 1);
		const v2 = (await driver.instance("order-1")).version;
		await driver.settled(only(grants), owner, retryIn(10));
		const v3 = (await driver.instance("order-1")).version;
		await driver.signal("order-1", "go");
		const v4 = (await driver.instance("order-1")).version;
		await driver.backend.pause(driver.request("order-1"));
		const v5 = (await driver.instance("order-1")).version;
		expect([v1, v2, v3, v4, v5]).toEqual([...new Set([v1, v2, v3, v4, v5])].sort((a, b) => a - b));
		const sizes = async (since: number) => {
			const { checkpoints, attempts, signals, controlRequests } = await driver.snapshot(grant.runId, since);
			return [checkpoints.length, attempts.length, signals.length, controlRequests.length];
		};
		expect(await sizes(0)).toEqual([1, 1, 1, 1]);
		expect(await sizes(v1)).toEqual([1, 1, 1, 1]);
		expect(await sizes(v2)).toEqual([0, 1, 1, 1]);
		expect(await sizes(v3)).toEqual([0, 0, 1, 1]);
		expect(await sizes(v4)).toEqual([0, 0, 0, 1]);
		expect(await sizes(v5)).toEqual([0, 0, 0, 0]);
	});

	it("gives all open nodes with every snapshot, and the version at which each changed", async (driver) => {
		const owner = await driver.worker();
		const { instance } = await driver.start("order-1", [ready("f/x/a"), waiting("f/y/nap", 99)]);
		await driver.claimOne(owner);
		const after = await driver.instance("order-1");
		const { openNodes } = await driver.snapshot(instance.runId, after.version);
		expect(openNodes).toHaveLength(2);
		expect(
			nth(
				openNodes.filter(({ path }) => path === "f/x/a"),
				0,
			).version,
		).toBe(after.version);
		expect(
			nth(
				openNodes.filter(({ path }) => path === "f/y/nap"),
				0,
			).version,
		).toBe(instance.version);
	});

	it("shows a signal again once it is reserved and once it is consumed", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		await driver.signal("order-1", "go", { signalId: "s1" });
		const v1 = (await driver.instance("order-1")).version;
		const { grants } = await driver.settled(grant, owner, completed("a", { open: [awaiting("w", "go")] }), 1);
		const v2 = (await driver.instance("order-1")).version;
		expect(only((await driver.snapshot(grant.runId, v1)).signals)).toMatchObject({
			reservedFor: "w",
			consumedBy: null,
		});
		expect((await driver.snapshot(grant.runId, v2)).signals).toEqual([]);
		await driver.settled(only(grants), owner, completed("w", { consumes: "s1", result: "w" }));
		expect(only((await driver.snapshot(grant.runId, v2)).signals)).toMatchObject({ consumedBy: "w" });
	});

	it("reads values and outputs in the order asked for, with null where there is nothing", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		const recorded = [own("a", { a: 1 }), { path: "r", output: "case:x|a", value: null }];
		await driver.settled(grant, owner, completed("a", { recorded, open: [ready("b")] }));
		await driver.signal("order-1", "go", { signalId: "s1", payload: value({ signal: "s1" }) });
		const values = await driver.backend.readValues(grant.runId, [
			{ kind: "signal", signalId: "s1" },
			{ kind: "checkpoint", path: "nothing" },
			{ kind: "checkpoint", path: "a" },
			{ kind: "none" },
			{ kind: "checkpoint", path: "r" },
			{ kind: "input" },
			{ kind: "join", forkPath: "f" },
			{ kind: "checkpoint", path: "a" },
			{ kind: "signal", signalId: "nothing" },
		]);
		expect(values.map(textOf)).toEqual([
			'{"signal":"s1"}',
			null,
			'{"a":1}',
			null,
			null,
			'{"of":"order-1"}',
			null,
			'{"a":1}',
			null,
		]);
		const outputs = await driver.backend.readOutputs(grant.runId, ["r", "nothing", "a", "r"]);
		expect(outputs).toEqual(["case:x|a", null, "a", "case:x|a"]);
		expect(await driver.backend.readValues(grant.runId, [])).toEqual([]);
		expect(await driver.backend.readOutputs(grant.runId, [])).toEqual([]);
	});

	it("tells the versions of many runs at once, and leaves out what does not exist", async (driver) => {
		const { instance: one } = await driver.start("order-1", [ready("a")]);
		const { instance: two } = await driver.start("order-2", [ready("a")]);
		await driver.signal("order-2", "go", { signalId: "s1" });
		const now = await driver.backend.getInstance("order-2");
		expect(await driver.backend.getVersions([two.runId, "nothing", one.runId])).toEqual(
			new Map([
				[one.runId, one.version],
				[two.runId, now?.version],
			]),
		);
		expect(now?.version).toBeGreaterThan(two.version);
		expect(await driver.backend.getVersions([])).toEqual(new Map());
	});

	it("keeps the values of different runs apart", async (driver) => {
		const { instance: one } = await driver.start("order-1", [ready("a")]);
		const { instance: two } = await driver.start("order-2", [ready("a")]);
		await driver.signal("order-1", "go", { signalId: "s1" });
		const [stolen] = await driver.backend.readValues(two.runId, [{ kind: "signal", signalId: "s1" }]);
		expect(stolen).toBeNull();
		const [input] = await driver.backend.readValues(one.runId, [{ kind: "input" }]);
		expect(textOf(input)).toBe('{"of":"order-1"}');
	});

	it("lists no orphan while every instance has a next move, is paused, or has ended", async (driver) => {
		const owner = await driver.worker();
		await driver.start("ready", [ready("a")]);
		await driver.start("nap", [waiting("a", 99)]);
		await driver.start("wait", [awaiting("a", "go")]);
		await driver.startLeased("running", "a", owner);
		await driver.settled(await driver.startLeased("retrying", "a", owner), owner, retryIn(99));
		await driver.finish(await driver.startLeased("done", "a", owner), owner);
		await driver.settled(await driver.startLeased("broken", "a", owner), owner, {
			kind: "failed",
			failure: { outcome: "failed", error: { name: "E", message: "m", code: null, stack: null, cause: null } },
		});
		await driver.start("paused", [ready("a")]);
		await driver.backend.pause(driver.request("paused"));
		expect(await driver.backend.listOrphans()).toEqual([]);
		driver.expireAll();
		expect(await driver.backend.listOrphans()).toEqual([]);
	});

	it("lists a live instance that nothing will ever move", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("stuck", "a", owner);
		await driver.settled(grant, owner, completed("a"));
		expect(only(await driver.backend.listOrphans())).toMatchObject({ instanceId: "stuck" });
	});
}
