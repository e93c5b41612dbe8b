import { expect } from "vitest";
import type { Grant } from "../../backend/commands.ts";
import { awaiting, completed, error, failed, joining, ready, value, waiting } from "./command-builders.ts";
import { casesOver, nth, type OpenBackend, only, type ScriptedDriver } from "./scripted-driver.ts";

const branchEnd = (path: string) => completed(path, { countDown: "join" });

/** A fork of two branches whose first nodes are leased, x first. */
async function forked(driver: ScriptedDriver, owner: string): Promise<readonly [Grant, Grant]> {
	const nodes = [ready("f/x/a"), ready("f/y/a"), joining("join", 2)];
	const { grants } = await driver.start("order-1", nodes, { grantTo: { owner, slots: 2 } });
	const [x, y] = [...grants].sort((a, b) => (a.path < b.path ? -1 : 1));
	if (x === undefined || y === undefined) throw new Error("both branches must be leased");
	return [x, y];
}

export function forkJoinCases(open: OpenBackend): void {
	const it = casesOver(open);

	it("opens a fork's branches and its join in one settle", async (driver) => {
		const owner = await driver.worker();
		const grant = await driver.startLeased("order-1", "a", owner);
		const nodes = [ready("f/x/a", { input: "a" }), ready("f/y/a", { input: "a" }), joining("join", 2)];
		const { grants } = await driver.settled(grant, owner, completed("a", { open: nodes }), 5);
		expect(grants.map(({ path }) => path).sort()).toEqual(["f/x/a", "f/y/a"]);
		expect(await driver.openStates(grant.runId)).toEqual({ "f/x/a": "running", "f/y/a": "running", join: "joining" });
	});

	it("makes the join ready with the branch that ends last, and grants it", async (driver) => {
		const owner = await driver.worker();
		const [x, y] = await forked(driver, owner);
		expect(await driver.settled(y, owner, branchEnd("f/y/a"), 1)).toMatchObject({ grants: [] });
		expect(await driver.openNode(x.runId, "join")).toMatchObject({ state: "joining", remaining: 1 });
		const { grants } = await driver.settled(x, owner, branchEnd("f/x/a"), 1);
		expect(only(grants)).toMatchObject({ path: "join", attempt: 1 });
		expect(await driver.openNode(x.runId, "join")).toMatchObject({
			state: "running",
			openedAs: "joining",
			remaining: 0,
		});
		await driver.settled(only(grants), owner, completed("join", { result: "join" }));
		expect(await driver.stateOf("order-1")).toBe("completed");
	});

	it("leaves a join that nobody asked a slot for to whoever claims", async (driver) => {
		const owner = await driver.worker();
		const [x, y] = await forked(driver, owner);
		await driver.settled(x, owner, branchEnd("f/x/a"));
		await driver.settled(y, owner, branchEnd("f/y/a"));
		expect(await driver.openStates(x.runId)).toEqual({ join: "ready" });
		expect(await driver.claimOne(await driver.worker())).toMatchObject({ path: "join", dueAt: null });
	});

	it("never runs a join that still waits for a branch", async (driver) => {
		const owner = await driver.worker();
		const [x] = await forked(driver, owner);
		await driver.settled(x, owner, branchEnd("f/x/a"));
		expect((await driver.claim(await driver.worker())).grants).toEqual([]);
	});

	it("counts down once for each branch when they end at the same moment on two workers", async (driver) => {
		const [one, two] = [await driver.worker(), await driver.worker()];
		await driver.start("order-1", [ready("f/x/a"), ready("f/y/a"), joining("join", 2)]);
		const x = await driver.claimOne(one, { slots: 1 });
		const y = await driver.claimOne(two, { slots: 1 });
		const results = await Promise.all([
			driver.settled(x, one, branchEnd(x.path), 1),
			driver.settled(y, two, branchEnd(y.path), 1),
		]);
		expect(results.flatMap(({ grants }) => grants.map(({ path }) => path))).toEqual(["join"]);
	});

	it("lets a parked branch hold up none of its siblings", async (driver) => {
		const owner = await driver.worker();
		const [x, y] = await forked(driver, owner);
		const parked = await driver.settled(x, owner, completed("f/x/a", { open: [waiting("f/x/nap", 60_000)] }), 1);
		expect(parked.status).toBe("in_progress");
		const after = await driver.settled(y, owner, completed("f/y/a", { open: [ready("f/y/b")] }), 1);
		expect(only(after.grants).path).toBe("f/y/b");
		const ended = await driver.settled(only(after.grants), owner, branchEnd("f/y/b"), 1);
		expect(ended.status).toBe("waiting");
	});

	it("prefers in progress to awaiting a signal to waiting, over all branches", async (driver) => {
		const owner = await driver.worker();
		const nodes = [ready("f/x/a"), waiting("f/y/nap", 60_000), awaiting("f/z/go", "go"), joining("join", 3)];
		const { grants } = await driver.start("order-1", nodes, { grantTo: { owner, slots: 1 } });
		expect(await driver.stateOf("order-1")).toBe("in_progress");
		const result = await driver.settled(only(grants), owner, branchEnd("f/x/a"));
		expect(result.status).toBe("awaiting_signal");
	});

	it("fails the instance with its first failed branch and fences the siblings", async (driver) => {
		const owner = await driver.worker();
		const [x, y] = await forked(driver, owner);
		await driver.settled(x, owner, failed("card declined"));
		const { instance, openNodes } = await driver.snapshot(x.runId);
		expect(instance).toMatchObject({ status: "failed", failedPath: "f/x/a", error: error("card declined") });
		expect(await driver.openStates(x.runId)).toEqual({ "f/x/a": "failed", "f/y/a": "cancelled", join: "cancelled" });
		expect(openNodes.every((node) => node.owner === null && node.grantedAt === null)).toBe(true);
		expect(await driver.backend.held(owner)).toEqual([]);
		expect(await driver.settle(y, owner, branchEnd("f/y/a"))).toEqual({ kind: "fenced" });
		expect((await driver.snapshot(x.runId)).checkpoints).toEqual([]);
	});

	it("ends the rest of a failed branch and lets the others go on when every outcome is wanted", async (driver) => {
		const owner = await driver.worker();
		const nodes = [ready("f/x/g/p/a"), ready("f/x/g/q/a"), joining("f/x/gj", 2), ready("f/xx/a"), joining("join", 2)];
		const { grants } = await driver.start("order-1", nodes, { grantTo: { owner, slots: 3 } });
		const at = (path: string) =>
			nth(
				grants.filter((grant) => grant.path === path),
				0,
			);
		const failure = { outcome: "failed", error: error("no") } as const;
		const recorded = [{ path: "f/x", output: "error|f/x", value: value({ message: "no" }) }];
		const outcome = completed("f/x/g/p/a", { recorded, failure, closes: "f/x/", countDown: "join", progress: 0 });
		const result = await driver.settled(at("f/x/g/p/a"), owner, outcome, 5);
		expect(result).toMatchObject({ status: "in_progress", grants: [] });
		expect(await driver.openStates(at("f/xx/a").runId)).toEqual({
			"f/xx/a": "running",
			join: "joining",
		});
		expect(await driver.settle(at("f/x/g/q/a"), owner, completed("f/x/g/q/a"))).toEqual({ kind: "fenced" });
		const last = await driver.settled(at("f/xx/a"), owner, branchEnd("f/xx/a"), 1);
		expect(only(last.grants).path).toBe("join");
		const { attempts, checkpoints } = await driver.snapshot(at("f/xx/a").runId);
		expect(only(attempts)).toMatchObject({ path: "f/x/g/p/a", outcome: "failed" });
		expect(checkpoints.map(({ path }) => path).sort()).toEqual(["f/x", "f/xx/a"]);
	});

	it("reaches a wait in a branch with a signal that came before it", async (driver) => {
		const owner = await driver.worker();
		const [x] = await forked(driver, owner);
		await driver.signal("order-1", "go");
		const result = await driver.settled(x, owner, completed("f/x/a", { open: [awaiting("f/x/w", "go")] }), 1);
		expect(only(result.grants)).toMatchObject({ path: "f/x/w" });
		expect(only(result.grants).signalId).not.toBeNull();
	});
}
