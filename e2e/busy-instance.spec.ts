import type { Page } from "@playwright/test";
import { InstancePage } from "./instance-page.ts";
import { expect, test } from "./stand/test.ts";

const SECONDS = 60;
/** Results that are recorded in each second. Those that end together share a commit. */
const CHANGES_A_SECOND = 50;
/** What 3,000 recorded results more may take; a leak of whole states would take many times that. */
const GROWTH_MB = 10;

interface Heard {
	streams: number;
	events: number;
	/** Everything that the pill has said. */
	readonly said: string[];
}

/** Counts streams and what comes, and writes down what the pill says. */
async function listen(page: Page): Promise<void> {
	await page.addInitScript(() => {
		const heard: Heard = { streams: 0, events: 0, said: [] };
		Object.assign(globalThis, { waymarkHeard: heard });
		const Native = globalThis.EventSource;
		globalThis.EventSource = class extends Native {
			constructor(url: string | URL, init?: EventSourceInit) {
				super(url, init);
				heard.streams += 1;
				for (const name of ["delta", "refetch"]) this.addEventListener(name, () => (heard.events += 1));
			}
		};
		new MutationObserver(() => {
			const kind = document.querySelector("[data-connection]")?.getAttribute("data-connection");
			if (kind != null && heard.said.at(-1) !== kind) heard.said.push(kind);
		}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-connection"] });
	});
}

function heard(page: Page): Promise<Heard> {
	return page.evaluate(() => (globalThis as unknown as { waymarkHeard: Heard }).waymarkHeard);
}

async function heapMb(page: Page): Promise<number> {
	const session = await page.context().newCDPSession(page);
	await session.send("HeapProfiler.collectGarbage");
	const { usedSize } = await session.send("Runtime.getHeapUsage");
	await session.detach();
	return usedSize / 1024 / 1024;
}

test("an instance that changes 50 times a second for a minute is followed on one connection, without growing", async ({
	page,
	stand,
	newId,
}) => {
	test.setTimeout(150_000);
	const { engine } = stand;
	const id = newId("busy");
	await engine.client.start("busy", id, {});
	await listen(page);
	const instance = new InstancePage(page);
	await instance.open(id);
	await expect(page.locator("[data-connection]")).toHaveText("Live");
	const recorded = async () => (await engine.recorded(id)).length;
	const began = { at: Date.now(), recorded: await recorded(), events: (await heard(page)).events };
	const until = (second: number) =>
		expect.poll(() => Date.now() - began.at, { timeout: 90_000, intervals: [250] }).toBeGreaterThan(second * 1_000);

	await until(10);
	const early = await heapMb(page);
	await until(SECONDS);
	const took = (Date.now() - began.at) / 1_000;
	const changes = (await recorded()) - began.recorded;
	const late = await heapMb(page);
	const { streams, events, said } = await heard(page);
	console.log(
		`busy: ${(changes / took).toFixed(0)} changes/s in ${((events - began.events) / took).toFixed(1)} events/s for ${took.toFixed(0)} s; heap ${early.toFixed(1)} MB at 10 s, ${late.toFixed(1)} MB at the end`,
	);
	expect(changes / took).toBeGreaterThanOrEqual(CHANGES_A_SECOND);
	expect(streams, "one stream, never opened anew").toBe(1);
	expect(said.filter((kind) => kind !== "connecting")).toEqual(["live"]);
	expect(late - early).toBeLessThan(GROWTH_MB);

	engine.openGate(id, "stop");
	await expect(instance.status).toContainText("Completed");
	await expect(page.locator("[data-connection]")).toHaveText("Ended");
	const stored = await engine.states(id);
	await expect
		.poll(async () => Object.entries(await instance.states()).filter(([key, is]) => stored[key] !== is))
		.toEqual([]);
	await instance.nodeIs("sum", "completed");
	const history = page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: /^History/ });
	// Its start and its end stand in it as well.
	await expect(history).toContainText(((await recorded()) + 2).toLocaleString("en-GB"));
});
