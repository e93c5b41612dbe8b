import { expect } from "vitest";
import type { InstanceControl, InstanceStatus } from "../../core/instance/status.ts";
import { awaiting, ready, retryIn, waiting } from "./command-builders.ts";
import { casesOver, type OpenBackend, type ScriptedDriver } from "./scripted-driver.ts";

type Enter = (driver: ScriptedDriver, owner: string) => Promise<unknown>;

/** Every live state, how an instance gets there, and what each request then leads to (null: refused). */
interface LiveState {
	readonly name: string;
	readonly enter: Enter;
	readonly paused: string;
	readonly unpaused: string | null;
	readonly cancelled: string;
}

const running: Enter = (driver, owner) => driver.startLeased("order-1", "a", owner);

const LIVE_STATES: readonly LiveState[] = [
	{
		name: "pending",
		enter: (driver) => driver.start("order-1", [ready("a")]),
		paused: "paused",
		unpaused: "pending",
		cancelled: "cancelled",
	},
	{
		name: "ready after a release",
		enter: async (driver, owner) =>
			driver.settled(await driver.startLeased("order-1", "a", owner), owner, { kind: "released" }),
		paused: "paused",
		unpaused: "in_progress",
		cancelled: "cancelled",
	},
	{ name: "running", enter: running, paused: "pausing", unpaused: "in_progress", cancelled: "cancelling" },
	{
		name: "retrying",
		enter: async (driver, owner) =>
			driver.settled(await driver.startLeased("order-1", "a", owner), owner, retryIn(60_000)),
		paused: "paused",
		unpaused: "waiting",
		cancelled: "cancelled",
	},
	{
		name: "waiting",
		enter: (driver) => driver.start("order-1", [waiting("a", 60_000)]),
		paused: "paused",
		unpaused: "waiting",
		cancelled: "cancelled",
	},
	{
		name: "awaiting a signal",
		enter: (driver) => driver.start("order-1", [awaiting("a", "go")]),
		paused: "paused",
		unpaused: "awaiting_signal",
		cancelled: "cancelled",
	},
	{
		name: "pausing",
		enter: async (driver, owner) => {
			await running(driver, owner);
			await driver.backend.pause(driver.request("order-1"));
		},
		paused: "pausing",
		unpaused: "in_progress",
		cancelled: "cancelling",
	},
	{
		name: "paused",
		enter: async (driver) => {
			await driver.start("order-1", [waiting("a", 60_000)]);
			await driver.backend.pause(driver.request("order-1"));
		},
		paused: "paused",
		unpaused: "waiting",
		cancelled: "cancelled",
	},
];

export function controlStateCases(open: OpenBackend): void {
	const it = casesOver(open);

	for (const { name, enter, paused, unpaused, cancelled } of LIVE_STATES) {
		it(`pauses from ${name}, and twice is as once`, async (driver) => {
			await enter(driver, await driver.worker());
			const before = await driver.stateOf("order-1");
			const first = await driver.backend.pause(driver.request("order-1"));
			expect(first).toMatchObject({ kind: "accepted", changed: before !== paused });
			expect(await driver.stateOf("order-1")).toBe(paused);
			const again = await driver.backend.pause(driver.request("order-1"));
			expect(again).toMatchObject({ kind: "accepted", changed: false });
			expect(await driver.stateOf("order-1")).toBe(paused);
		});

		it(`unpauses from ${name}, and twice is as once`, async (driver) => {
			await enter(driver, await driver.worker());
			const before = await driver.stateOf("order-1");
			const first = await driver.backend.unpause(driver.request("order-1"));
			expect(first).toMatchObject({ kind: "accepted", changed: before !== unpaused });
			expect(await driver.stateOf("order-1")).toBe(unpaused);
			const again = await driver.backend.unpause(driver.request("order-1"));
			expect(again).toMatchObject({ kind: "accepted", changed: false });
			expect(await driver.stateOf("order-1")).toBe(unpaused);
		});

		it(`cancels from ${name}, and twice is as once`, async (driver) => {
			await enter(driver, await driver.worker());
			const first = await driver.backend.cancel(driver.request("order-1"));
			expect(first).toMatchObject({ kind: "accepted", changed: true });
			expect(await driver.stateOf("order-1")).toBe(cancelled);
			const again = await driver.backend.cancel(driver.request("order-1"));
			expect(again).toMatchObject({ kind: "accepted", changed: false });
			expect(await driver.stateOf("order-1")).toBe(cancelled);
			const { runId } = await driver.instance("order-1");
			const { controlRequests } = await driver.snapshot(runId);
			expect(controlRequests.filter(({ kind }) => kind === "cancel").map(({ result }) => result)).toEqual([
				"applied",
				"unchanged",
			]);
		});

		it(`pauses, unpauses and then cancels from ${name}, with the audit telling it all`, async (driver) => {
			await enter(driver, await driver.worker());
			const { runId } = await driver.instance("order-1");
			const before = (await driver.snapshot(runId)).controlRequests.length;
			for (const kind of ["pause", "unpause", "cancel"] as const) {
				expect(await driver.backend[kind](driver.request("order-1"))).toMatchObject({ kind: "accepted" });
			}
			const { controlRequests } = await driver.snapshot(runId);
			expect(controlRequests.slice(before).map(({ kind, after }) => [kind, after])).toEqual([
				["pause", paused],
				["unpause", unpaused],
				["cancel", cancelled],
			]);
		});
	}

	it("cancels again without effect while cancelling, and names what it still waits for", async (driver) => {
		const owner = await driver.worker();
		await driver.startLeased("order-1", "a", owner);
		await driver.backend.cancel(driver.request("order-1"));
		const again = await driver.backend.cancel(driver.request("order-1"));
		const state: { status: InstanceStatus; control: InstanceControl } = {
			status: "in_progress",
			control: "cancelling",
		};
		expect(again).toMatchObject({ kind: "accepted", changed: false, instance: state, inFlight: [{ path: "a" }] });
	});

	it("answers cancel of a cancelled instance as unchanged", async (driver) => {
		await driver.start("order-1", [ready("a")]);
		await driver.backend.cancel(driver.request("order-1"));
		const { endedAt } = await driver.instance("order-1");
		driver.clock.advance(100);
		expect(await driver.backend.cancel(driver.request("order-1"))).toMatchObject({ kind: "accepted", changed: false });
		expect((await driver.instance("order-1")).endedAt).toBe(endedAt);
	});
}
