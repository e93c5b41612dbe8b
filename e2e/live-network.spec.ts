import type { Page } from "@playwright/test";
import type { InstancePage } from "./instance-page.ts";
import type { EngineStand } from "./stand/engine-stand.ts";
import { expect, MINUTE, openWithClock, pill, test } from "./stand/fault-test.ts";

/** Every card says what the rows say. */
async function showsWhatIsStored(instance: InstancePage, engine: EngineStand, id: string): Promise<void> {
	await expect
		.poll(async () => {
			const [shown, stored] = await Promise.all([instance.states(), engine.states(id)]);
			return Object.entries(stored).filter(([key, state]) => shown[key] !== state);
		})
		.toEqual([]);
}

async function asAtGates(engine: EngineStand, id: string, paths: readonly string[]): Promise<void> {
	for (const path of paths) engine.openGate(id, path);
	await expect.poll(() => engine.recorded(id)).toEqual(expect.arrayContaining([...paths]));
}

const LATE = ["load", "work/left/paint", "work/right/dry"];

test("events that come late change nothing until they come, and then everything", async ({
	page,
	stand,
	faults,
	instance,
	newId,
}) => {
	const id = newId("late");
	await stand.engine.client.start("tour", id, {});
	await openWithClock(page, instance, id);
	await instance.nodeIs("load", "running");
	const release = faults.holdEvents();
	for (const path of LATE) {
		const held = faults.held;
		await asAtGates(stand.engine, id, [path]);
		await expect.poll(() => faults.held).toBeGreaterThan(held);
	}
	await page.clock.runFor(10_000);
	await expect(pill(page)).toHaveText("Live");
	await instance.nodeIs("load", "running");
	const fetched = faults.states;
	release();
	await instance.nodeIs("approval", "awaiting_signal");
	await showsWhatIsStored(instance, stand.engine, id);
	expect(faults.states, "nothing had to be fetched").toBe(fetched);
});

test("events that come later than 35 s were given up: the page has the news by then, and does not go back", async ({
	page,
	stand,
	faults,
	instance,
	newId,
}) => {
	const id = newId("too-late");
	await stand.engine.client.start("tour", id, {});
	await openWithClock(page, instance, id);
	const release = faults.holdEvents();
	await asAtGates(stand.engine, id, ["load"]);
	await page.clock.runFor(36_000);
	await expect(pill(page)).toContainText("Reconnecting…");
	release();
	await page.clock.runFor(2_000);
	await instance.nodeIs("load", "completed");
	await asAtGates(stand.engine, id, LATE);
	await showsWhatIsStored(instance, stand.engine, id);
	await expect(pill(page)).toHaveText("Live");
});

test("a whole state that was read before newer changes, and comes after them, does not turn the page back", async ({
	page,
	stand,
	faults,
	instance,
	newId,
}) => {
	const id = newId("old-state");
	await stand.engine.client.start("tour", id, {});
	await instance.open(id);
	await expect(pill(page)).toHaveText("Live");
	const release = faults.holdStates();
	// The page asks for the whole state because a change is missing, and gets the answer late.
	let lost = false;
	faults.spoilEvents((event) => {
		if (lost || !event.includes("event: delta")) return [event];
		lost = true;
		return [];
	});
	await asAtGates(stand.engine, id, ["load"]);
	await expect.poll(() => lost).toBe(true);
	await asAtGates(stand.engine, id, ["work/right/dry"]);
	await expect.poll(() => faults.held).toBe(1);
	await instance.nodeIs("load", "running");
	// By now the page's own stream has broken and come back with everything.
	faults.cutStreams();
	await instance.nodeIs("work/right/dry", "completed");
	await asAtGates(stand.engine, id, ["work/left/paint"]);
	await instance.nodeIs("approval", "awaiting_signal");
	release();
	await expect.poll(() => faults.held).toBe(0);
	await showsWhatIsStored(instance, stand.engine, id);
	await expect(pill(page)).toHaveText("Live");
});

test("a state that cannot be fetched is said, and tried again until it can", async ({
	page,
	stand,
	faults,
	instance,
	newId,
}) => {
	const id = newId("state-500");
	await stand.engine.client.start("tour", id, {});
	await openWithClock(page, instance, id);
	faults.refuseStreams(500);
	faults.refuseStates(500);
	faults.cutStreams();
	await expect(pill(page)).toContainText("Reconnecting…");
	await asAtGates(stand.engine, id, ["load"]);
	for (let wait = 0; wait < 2; wait += 1) {
		const before = faults.streams;
		await page.clock.runFor(2_000);
		await expect.poll(() => faults.streams).toBeGreaterThan(before);
	}
	await expect(pill(page)).toContainText("Disconnected");
	await instance.nodeIs("load", "running");
	faults.refuseStates(null);
	await page.clock.runFor(2_100);
	await expect(pill(page)).toHaveText("Polling");
	await showsWhatIsStored(instance, stand.engine, id);
	faults.refuseStreams(null);
	await page.clock.runFor(1_100);
	await expect(pill(page)).toHaveText("Live");
});

test("whoever is signed out is told so at once, nothing is asked for again, and signing in brings everything back", async ({
	page,
	stand,
	faults,
	instance,
	newId,
}) => {
	const id = newId("401");
	await stand.engine.client.start("tour", id, {});
	await openWithClock(page, instance, id);
	faults.refuseStreams(401);
	faults.refuseStates(401);
	faults.cutStreams();
	await page.clock.runFor(1_100);
	await expect(pill(page)).toContainText("Signed out");
	await expect(pill(page)).toHaveAttribute("title", /sign in again/);
	await asAtGates(stand.engine, id, LATE);

	const asked = faults.streams + faults.states;
	await page.clock.runFor(31_000);
	await expect(pill(page)).toContainText(/Signed out.*as of \d\d:\d\d:\d\d/);
	await page.clock.runFor(10 * MINUTE);
	expect(faults.streams + faults.states, "asking again would change nothing").toBe(asked);
	await instance.nodeIs("load", "running");

	// Signed in again in another tab, and back.
	faults.refuseStreams(null);
	faults.refuseStates(null);
	await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
	await expect(pill(page)).toHaveText("Live");
	await showsWhatIsStored(instance, stand.engine, id);
});

test("whoever is signed out while the page polls is told so too", async ({ page, stand, faults, instance, newId }) => {
	const id = newId("401-poll");
	await stand.engine.client.start("tour", id, {});
	await openWithClock(page, instance, id);
	faults.refuseStreams(500);
	faults.cutStreams();
	for (let wait = 0; wait < 2; wait += 1) {
		const before = faults.streams;
		await page.clock.runFor(2_000);
		await expect.poll(() => faults.streams).toBeGreaterThan(before);
	}
	await expect(pill(page)).toHaveText("Polling");
	faults.refuseStates(401);
	await page.clock.runFor(2_100);
	await expect(pill(page)).toContainText("Signed out");
});

test("without a network the page says so at once, and with one it has everything at once", async ({
	page,
	context,
	stand,
	faults,
	instance,
	newId,
}) => {
	const id = newId("offline");
	await stand.engine.client.start("tour", id, {});
	await openWithClock(page, instance, id);
	await context.setOffline(true);
	await expect(pill(page)).toContainText("Reconnecting…");
	await asAtGates(stand.engine, id, ["load"]);
	await instance.nodeIs("load", "running");
	await context.setOffline(false);
	await expect(pill(page)).toHaveText("Live");
	await showsWhatIsStored(instance, stand.engine, id);

	// For longer: by then it has given the stream up.
	await context.setOffline(true);
	for (const wait of [2_000, 3_000, 3_000]) await page.clock.runFor(wait);
	await expect(pill(page)).toContainText("Disconnected");
	await asAtGates(stand.engine, id, LATE);
	await context.setOffline(false);
	await expect(pill(page)).toHaveText("Live");
	await showsWhatIsStored(instance, stand.engine, id);
	expect(faults.open).toBe(1);
});

for (const [off, name] of [
	[5 * MINUTE, "before"],
	[-5 * MINUTE, "behind"],
] as const) {
	test(`a reader's clock that is five minutes ${name} shows every countdown right`, async ({
		page,
		stand,
		instance,
		newId,
	}) => {
		const id = newId("skew");
		await stand.engine.client.start("patient", id, {});
		await expect.poll(() => stand.engine.states(id)).toMatchObject({ call: "retrying" });
		await page.clock.install({ time: Date.now() + off });
		await instance.open(id);
		await expect(pill(page)).toHaveText("Live");
		await page.clock.runFor(1_000);
		await expect(page.getByTestId("instance-elapsed")).toHaveText(/^\d+ s$/);
		await expect(instance.card("call")).toContainText(/next in (10:00|9:[345]\d)/);
	});
}

test("a clock that is set while the page is open is made up for with the next word of the server", async ({
	page,
	stand,
	faults,
	instance,
	newId,
}) => {
	const id = newId("set");
	await stand.engine.client.start("patient", id, {});
	await expect.poll(() => stand.engine.states(id)).toMatchObject({ call: "retrying" });
	await openWithClock(page, instance, id);
	await page.clock.runFor(1_000);
	const countdown = instance.card("call");
	await expect(countdown).toContainText(/next in (10:00|9:[345]\d)/);
	await setClock(page, 5 * MINUTE);
	faults.cutStreams();
	await page.clock.runFor(2_000);
	await expect(pill(page)).toHaveText("Live");
	await page.clock.runFor(1_000);
	await expect(countdown).toContainText(/next in (10:00|9:[345]\d)/);
	await expect(page.getByTestId("instance-elapsed")).toHaveText(/^\d+ s$/);
});

async function setClock(page: Page, by: number): Promise<void> {
	await page.clock.setSystemTime((await page.evaluate(() => Date.now())) + by);
}
