import type { Page } from "@playwright/test";
import { InstancePage } from "./instance-page.ts";
import { FaultProxy } from "./stand/fault-proxy.ts";
import { test as base, expect } from "./stand/test.ts";

/** As many connections does a browser open to one server. */
const CONNECTIONS = 6;
/** As many streams do all its tabs together have open. */
const MOST_STREAMS = 4;

/** Several tabs of one browser; the proxy counts their streams. */
const test = base.extend<{ readonly faults: FaultProxy; readonly open: (id: string) => Promise<InstancePage> }>({
	faults: async ({ stand }, use) => {
		const faults = await FaultProxy.open(stand.url);
		await use(faults);
		await faults.close();
	},
	baseURL: async ({ faults }, use) => use(faults.url),
	open: async ({ context }, use) =>
		use(async (id) => {
			const tab = new InstancePage(await context.newPage());
			await tab.open(id);
			return tab;
		}),
});

const pill = (tab: InstancePage) => tab.page.locator("[data-connection]");

async function look(tab: InstancePage, state: "hidden" | "visible"): Promise<void> {
	await tab.page.evaluate((visibility) => {
		Object.defineProperty(document, "visibilityState", { configurable: true, get: () => visibility });
		document.dispatchEvent(new Event("visibilitychange"));
	}, state);
}

test("tabs on one instance share a stream, and the next one leads when the leading one is closed", async ({
	stand,
	faults,
	open,
	newId,
}) => {
	const id = newId("share");
	await stand.engine.client.start("tour", id, {});
	const first = await open(id);
	await expect(pill(first)).toHaveText("Live");
	const second = await open(id);
	const third = await open(id);
	for (const tab of [second, third]) await expect(pill(tab)).toHaveText("Live");
	expect(faults.streams).toBe(1);
	stand.engine.openGate(id, "load");
	for (const tab of [first, second, third]) await tab.nodeIs("load", "completed");

	await first.page.close();
	await expect.poll(() => faults.streams).toBe(2);
	stand.engine.openGate(id, "work/left/paint");
	for (const tab of [second, third]) await tab.nodeIs("work/left/paint", "completed");
	// The reader of the leading tab wants it to stand still: the others go on.
	await second.button("Pause updates").click();
	stand.engine.openGate(id, "work/right/dry");
	await third.nodeIs("work/right/dry", "completed");
	await expect(pill(third)).toHaveText("Live");
	await expect.poll(() => faults.open).toBe(1);

	await stand.engine.client.cancel(id, { by: "test" });
	await expect(pill(third)).toHaveText("Ended");
	await expect.poll(() => faults.open).toBe(0);
});

test("when the leading tab crashes another takes over, with what happened meanwhile", async ({
	stand,
	faults,
	context,
	open,
	newId,
}) => {
	const id = newId("crash");
	await stand.engine.client.start("tour", id, {});
	const first = await open(id);
	await expect(pill(first)).toHaveText("Live");
	const second = await open(id);
	await expect(pill(second)).toHaveText("Live");
	faults.refuseStreams(503);
	stand.engine.openGate(id, "load");
	await second.nodeIs("load", "completed");
	const crashed = first.page.waitForEvent("crash");
	const devtools = await context.newCDPSession(first.page);
	// It has no answer: who would give it has crashed.
	void devtools.send("Page.crash").catch(() => undefined);
	await crashed;
	await expect(pill(second)).toContainText("Reconnecting…");
	stand.engine.openGate(id, "work/left/paint");
	await expect.poll(() => stand.engine.recorded(id)).toContain("work/left/paint");
	faults.refuseStreams(null);
	await second.nodeIs("work/left/paint", "completed");
	await expect(pill(second)).toHaveText("Live");
	expect(faults.open).toBe(1);
});

test("a leading tab that does not answer is robbed of the stream", async ({ stand, context, open, newId }) => {
	const id = newId("frozen");
	const { instance } = await stand.engine.client.start("tour", id, {});
	const frozen = await context.newPage();
	await frozen.goto("/healthz");
	await frozen.evaluate(
		(lock) => void navigator.locks.request(lock, () => new Promise(() => undefined)),
		`waymark.stream.${instance.runId}`,
	);
	const tab = await open(id);
	await expect(pill(tab)).toHaveText("Live");
	stand.engine.openGate(id, "load");
	await tab.nodeIs("load", "completed");
});

test("a tab that missed what the leading one passed on finds out with the next word, and mends it", async ({
	stand,
	faults,
	context,
	open,
	newId,
}) => {
	const id = newId("missed");
	await stand.engine.client.start("tour", id, {});
	let ping: string | null = null;
	faults.spoilEvents((event) => {
		if (event.includes("event: ping")) ping = event;
		// Behind every change comes a word that says nothing but the time.
		return event.includes("event: delta") && ping !== null ? [event, ping] : [event];
	});
	await context.addInitScript(() => {
		const post = BroadcastChannel.prototype.postMessage;
		BroadcastChannel.prototype.postMessage = function (message) {
			if (message.name !== "delta") post.call(this, message);
		};
	});
	const first = await open(id);
	await expect(pill(first)).toHaveText("Live");
	const second = await open(id);
	await expect(pill(second)).toHaveText("Live");
	const fetched = faults.states;
	stand.engine.openGate(id, "load");
	await first.nodeIs("load", "completed");
	await second.nodeIs("load", "completed");
	expect(faults.states, "mended by a fetch").toBeGreaterThan(fetched);
	await expect(pill(second)).toHaveText("Live");
});

test("eight tabs on one instance are all live, and their requests are answered", async ({
	stand,
	faults,
	open,
	newId,
}) => {
	const id = newId("eight");
	await stand.engine.client.start("tour", id, {});
	const tabs: InstancePage[] = [];
	for (let n = 0; n < CONNECTIONS + 2; n += 1) tabs.push(await open(id));
	for (const tab of tabs) await expect(pill(tab)).toHaveText("Live");
	expect(faults.open).toBe(1);
	await expectAnswers(tabs.map(({ page }) => page));
	stand.engine.openGate(id, "load");
	for (const tab of tabs) await tab.nodeIs("load", "completed");
});

test("eight tabs on eight instances leave room for requests: some poll, say why, and show what happens", async ({
	stand,
	faults,
	open,
	newId,
}) => {
	const tabs: InstancePage[] = [];
	const ids: string[] = [];
	for (let n = 0; n < CONNECTIONS + 2; n += 1) {
		const id = newId("crowd");
		await stand.engine.client.start("tour", id, {});
		ids.push(id);
		tabs.push(await open(id));
	}
	for (const tab of tabs.slice(0, MOST_STREAMS)) await expect(pill(tab)).toHaveText("Live");
	for (const tab of tabs.slice(MOST_STREAMS)) {
		await expect(pill(tab)).toHaveText("Polling");
		await expect(pill(tab)).toHaveAttribute("title", /Other tabs have all the live connections/);
	}
	expect(faults.open).toBe(MOST_STREAMS);
	await expectAnswers(tabs.map(({ page }) => page));
	for (const id of ids) stand.engine.openGate(id, "load");
	for (const tab of tabs) await tab.nodeIs("load", "completed");
});

test("a tab that nobody looks at gives its stream to one that is looked at", async ({ stand, faults, open, newId }) => {
	const tabs: InstancePage[] = [];
	for (let n = 0; n < MOST_STREAMS; n += 1) {
		const id = newId("behind");
		await stand.engine.client.start("tour", id, {});
		const tab = await open(id);
		await expect(pill(tab)).toHaveText("Live");
		tabs.push(tab);
	}
	const [first] = tabs;
	if (first === undefined) throw new Error("no tab");
	await look(first, "hidden");
	const id = newId("behind");
	await stand.engine.client.start("tour", id, {});
	const seen = await open(id);
	await expect(pill(seen)).toHaveText("Live");
	await expect(pill(first)).toHaveText("Connecting");
	expect(faults.open).toBe(MOST_STREAMS);
	for (const tab of tabs.slice(1)) await expect(pill(tab)).toHaveText("Live");
	await seen.page.close();
	await look(first, "visible");
	await expect(pill(first)).toHaveText("Live");
});

test("without locks each tab has a stream of its own", async ({ stand, faults, context, open, newId }) => {
	const id = newId("alone");
	await stand.engine.client.start("tour", id, {});
	// As on a page that plain HTTP brought from another machine.
	await context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, "locks"));
	const tabs = [await open(id), await open(id)];
	for (const tab of tabs) await expect(pill(tab)).toHaveText("Live");
	expect(faults.open).toBe(2);
	stand.engine.openGate(id, "load");
	for (const tab of tabs) await tab.nodeIs("load", "completed");
});

async function expectAnswers(pages: readonly Page[]): Promise<void> {
	const answers = await Promise.all(
		pages.map((page) =>
			page.evaluate(async () => (await fetch("/api/overview", { signal: AbortSignal.timeout(10_000) })).status),
		),
	);
	expect(new Set(answers)).toEqual(new Set([200]));
}
