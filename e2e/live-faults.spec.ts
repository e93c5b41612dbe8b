import { startDashboard } from "./stand/dashboard-stand.ts";
import { expect, MINUTE, openWithClock, pill, test } from "./stand/fault-test.ts";
import type { Program } from "./stand/program.ts";

test("a stream that breaks is said at once, comes back, and what happened in between is shown", async ({
	page,
	stand,
	faults,
	instance,
	newId,
}) => {
	const id = newId("cut");
	await stand.engine.client.start("tour", id, {});
	await openWithClock(page, instance, id);
	faults.refuseStreams("cut");
	faults.cutStreams();
	await expect(pill(page)).toContainText("Reconnecting…");
	await expect(pill(page)).toContainText(/last update \d+ s ago/);
	stand.engine.openGate(id, "load");
	await expect.poll(() => stand.engine.recorded(id)).toEqual(["load"]);
	await instance.nodeIs("load", "running");
	faults.refuseStreams(null);
	await page.clock.runFor(2_000);
	await expect(pill(page)).toHaveText("Live");
	await instance.nodeIs("load", "completed");
});

test("after three failures the page polls, tries the stream every minute, and goes live again", async ({
	page,
	stand,
	faults,
	instance,
	newId,
}) => {
	const id = newId("poll");
	await stand.engine.client.start("tour", id, {});
	await openWithClock(page, instance, id);
	faults.refuseStreams(500);
	faults.cutStreams();
	await expect(pill(page)).toContainText("Reconnecting…");
	for (let wait = 0; wait < 2; wait += 1) {
		const before = faults.streams;
		await page.clock.runFor(2_000);
		await expect.poll(() => faults.streams).toBeGreaterThan(before);
	}
	await expect(pill(page)).toHaveText("Polling");
	stand.engine.openGate(id, "load");
	await expect.poll(() => stand.engine.running(id)).toHaveLength(2);
	await page.clock.runFor(2_100);
	await instance.nodeIs("load", "completed");
	await expect(pill(page)).toHaveText("Polling");

	// While it only waits for a signal, every 10 s is enough.
	for (const path of ["work/left/paint", "work/right/dry"]) stand.engine.openGate(id, path);
	await expect.poll(() => stand.engine.recorded(id)).toContain("pack");
	await page.clock.runFor(2_100);
	await instance.nodeIs("approval", "awaiting_signal");
	await expect(pill(page)).toHaveAttribute("title", /every 10 s/);

	const before = faults.streams;
	faults.refuseStreams(null);
	await page.clock.runFor(MINUTE);
	await expect.poll(() => faults.streams).toBeGreaterThan(before);
	await expect(pill(page)).toHaveText("Live");
});

test("a missing event is noticed and mended, and a doubled or late one changes nothing", async ({
	page,
	stand,
	faults,
	instance,
	newId,
}) => {
	const id = newId("gap");
	await stand.engine.client.start("tour", id, {});
	await instance.open(id);
	await expect(pill(page)).toHaveText("Live");
	let first: string | null = null;
	faults.spoilEvents((event) => {
		if (!event.includes("event: delta")) return [event];
		// The first change is lost; every later one comes twice, with the lost one behind it.
		if (first !== null) return [event, event, first];
		first = event;
		return [];
	});
	const fetched = faults.states;
	stand.engine.openGate(id, "load");
	await expect.poll(() => first).not.toBeNull();
	stand.engine.openGate(id, "work/right/dry");
	await instance.nodeIs("work/right/dry", "completed");
	await instance.nodeIs("load", "completed");
	expect(faults.states, "the gap was mended by a fetch").toBeGreaterThan(fetched);
	stand.engine.openGate(id, "work/left/paint");
	await instance.nodeIs("approval", "awaiting_signal");
	await instance.nodeIs("load", "completed");
	await expect(pill(page)).toHaveText("Live");
});

test("a stream that falls silent is given up after 35 s", async ({ page, stand, faults, instance, newId }) => {
	const id = newId("silent");
	await stand.engine.client.start("tour", id, {});
	await openWithClock(page, instance, id);
	const first = faults.streams;
	// The stream that is open says nothing any more; the next one is as it should be.
	faults.spoilEvents((event) => (faults.streams > first ? [event] : []));
	stand.engine.openGate(id, "load");
	await expect.poll(() => stand.engine.recorded(id)).toEqual(["load"]);
	// The seconds of the network count as well: what is left of the 35 is for a slow machine.
	await page.clock.runFor(20_000);
	await expect(pill(page)).toHaveText("Live");
	await instance.nodeIs("load", "running");
	expect(faults.streams).toBe(first);
	await page.clock.runFor(16_000);
	await page.clock.runFor(2_000);
	await instance.nodeIs("load", "completed");
	expect(faults.streams).toBeGreaterThan(first);
	await expect(pill(page)).toHaveText("Live");
});

test("when nothing answers for 30 s the timers stand still and the page says as of when", async ({
	page,
	stand,
	faults,
	instance,
	newId,
}) => {
	const id = newId("stale");
	await stand.engine.client.start("tour", id, {});
	await openWithClock(page, instance, id);
	await page.context().setOffline(true);
	faults.refuseStreams("cut");
	await expect(pill(page)).toContainText("Reconnecting…");
	await page.clock.runFor(31_000);
	await expect(pill(page)).toContainText(/as of \d\d:\d\d:\d\d/);
	const timer = page.getByTestId("instance-elapsed");
	const frozen = await timer.textContent();
	await page.clock.runFor(5_000);
	await expect(timer).toHaveText(frozen ?? "");

	faults.refuseStreams(null);
	await page.context().setOffline(false);
	await page.clock.runFor(6_000);
	await expect(pill(page)).toHaveText("Live");
	await expect(timer).not.toHaveText(frozen ?? "");
});

test("a tab that nobody looks at for a minute gives its stream back, and catches up when it is looked at", async ({
	page,
	stand,
	faults,
	instance,
	newId,
}) => {
	const id = newId("hidden");
	await stand.engine.client.start("tour", id, {});
	await openWithClock(page, instance, id);
	const look = (state: "hidden" | "visible") =>
		page.evaluate((visibility) => {
			Object.defineProperty(document, "visibilityState", { configurable: true, get: () => visibility });
			document.dispatchEvent(new Event("visibilitychange"));
		}, state);
	await look("hidden");
	// The server's pings come in real time, so the page takes the minute for silence and connects anew meanwhile.
	// The seconds of the network count as well: what is left of the minute is for a slow machine.
	await page.clock.runFor(45_000);
	await expect.poll(() => faults.open).toBe(1);
	await page.clock.runFor(16_000);
	await expect.poll(() => faults.open).toBe(0);
	stand.engine.openGate(id, "load");
	await expect.poll(() => stand.engine.running(id)).toHaveLength(2);
	await look("visible");
	await instance.nodeIs("load", "completed");
	await expect(pill(page)).toHaveText("Live");
	await expect.poll(() => faults.open).toBe(1);
});

test("a reader's clock that is five minutes off changes no timer", async ({ page, stand, instance, newId }) => {
	const id = newId("skew");
	await stand.engine.client.start("tour", id, {});
	await page.clock.install({ time: Date.now() + 5 * MINUTE });
	await instance.open(id);
	await expect(pill(page)).toHaveText("Live");
	await page.clock.runFor(1_000);
	await expect(page.getByTestId("instance-elapsed")).toHaveText(/^\d+ s$/);
});

test("the reader can make the page stand still, and live again", async ({ page, stand, instance, newId }) => {
	const id = newId("still");
	await stand.engine.client.start("tour", id, {});
	await instance.open(id);
	await page.getByRole("button", { name: "Pause updates" }).click();
	await expect(pill(page)).toContainText("Paused by you");
	await expect(page).toHaveURL(/live=0/);
	stand.engine.openGate(id, "load");
	await expect.poll(() => stand.engine.running(id)).toHaveLength(2);
	await instance.nodeIs("load", "running");
	await page.getByRole("button", { name: "Go live" }).click();
	await instance.nodeIs("load", "completed");
	await expect(pill(page)).toHaveText("Live");
});

test("the end is said, the stream is closed, and the state is fetched once more", async ({
	page,
	stand,
	faults,
	instance,
	newId,
}) => {
	const id = newId("end");
	await stand.engine.client.start("tour", id, {});
	await openWithClock(page, instance, id);
	const fetched = faults.states;
	await stand.engine.client.cancel(id, { by: "test" });
	await expect(pill(page)).toHaveText("Ended");
	await expect.poll(() => faults.open).toBe(0);
	await page.clock.runFor(2_100);
	await expect.poll(() => faults.states).toBe(fetched + 1);
	await page.clock.runFor(2 * MINUTE);
	expect(faults.states).toBe(fetched + 1);
});

test("an instance that is deleted under the page is said to be gone, and stays readable", async ({
	page,
	stand,
	faults,
	instance,
	newId,
}) => {
	const id = newId("deleted");
	await stand.engine.client.start("tour", id, {});
	await openWithClock(page, instance, id);
	faults.refuseStreams(500);
	faults.cutStreams();
	await expect(pill(page)).toContainText("Reconnecting…");
	await stand.engine.client.cancel(id, { by: "test" });
	await stand.engine.client.result(id, { timeout: "20s" });
	await stand.engine.client.delete(id);
	await page.clock.runFor(2_000);
	await page.clock.runFor(3_000);
	await expect(pill(page)).toHaveText("Deleted");
	await expect(instance.card("load")).toBeVisible();
	await expect(page.getByRole("region", { name: "Deleted" })).toContainText("This instance was deleted.");
	await expect(instance.button("Cancel")).toHaveAccessibleDescription("It was deleted");
	// Nothing of it goes on.
	const shown = (await page.getByTestId("instance-elapsed").textContent()) ?? "";
	await page.clock.runFor(MINUTE);
	await expect(page.getByTestId("instance-elapsed")).toHaveText(shown);
});

test("a dashboard that is started again is found again, with everything that happened meanwhile", async ({
	page,
	stand,
	faults,
	instance,
	newId,
}) => {
	const programs: Program[] = [];
	const start = async () => {
		const started = await startDashboard(stand.engine);
		programs.push(started.program);
		faults.pointTo(started.url);
		return started.program;
	};
	try {
		const first = await start();
		const id = newId("restart");
		await stand.engine.client.start("tour", id, {});
		await openWithClock(page, instance, id);
		await first.stop();
		await expect(pill(page)).toContainText("Reconnecting…");
		stand.engine.openGate(id, "load");
		await expect.poll(() => stand.engine.running(id)).toHaveLength(2);
		await page.clock.runFor(4_000);
		await page.clock.runFor(6_000);
		await expect(pill(page)).toContainText("Disconnected");
		await start();
		await page.clock.runFor(4_000);
		await instance.nodeIs("load", "completed");
		await page.clock.runFor(2_000);
		await expect(pill(page)).toHaveText("Live");
	} finally {
		for (const program of programs) await program.stop();
	}
});
