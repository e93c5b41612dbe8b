import type { Page } from "@playwright/test";
import { InstancePage } from "./instance-page.ts";
import { expect, test } from "./stand/test.ts";

/** What the page promises to wait for without a word of doubt is 60 s. */
const PROMISED = 60_000;

const banner = (page: Page) => page.getByRole("status").filter({ hasText: "wrong price list" });

test("a cancel that makes no progress for a minute turns amber by itself, and names the task and its worker", async ({
	page,
	stand,
	newId,
}) => {
	const id = newId("overdue");
	const instance = new InstancePage(page);
	// It is amber a few seconds after it was opened.
	await stand.engine.askedBefore(PROMISED - 6_000, id, "cancel");
	await instance.open(id);
	await expect(instance.status).toContainText("Cancelling…");
	await expect(banner(page)).toHaveAttribute("data-tone", "plain");
	await expect(banner(page)).toContainText("Waiting for charge_card (running");
	await expect(banner(page)).not.toContainText("last reported");
	const plain = await colours(page);

	await expect(banner(page)).toHaveAttribute("data-tone", "amber");
	await expect(banner(page)).toContainText("by mira 1 min ago: “wrong price list”.");
	await expect(banner(page)).toContainText(
		/Still waiting for charge_card \(running .* on worker e2e-worker\) to stop\./,
	);
	await expect(banner(page)).toContainText(
		/Worker e2e-worker \(.+, pid \d+\) last reported (just now|\d s ago): it is alive, and the task does not stop/,
	);
	await expect(banner(page)).toContainText("No timeout ends it: restart that worker process to free it.");
	expect(await colours(page)).not.toEqual(plain);
	await expect(instance.status).toContainText("Running");

	await test.step("which is told once, and not anew with every second of its timers", async () => {
		await noteWhatIsSpoken(page);
		const before = await banner(page).textContent();
		await expect(banner(page)).not.toHaveText(before ?? "");
		expect(await page.evaluate(() => (globalThis as unknown as Spoken).spoken)).toEqual([]);
	});

	await banner(page).getByRole("button", { name: "charge_card" }).click();
	await expect(instance.inspector).toContainText("charge_card");
	stand.engine.openGate(id, "charge_card");
	await expect(instance.status).toContainText("Cancelled");
	await expect(banner(page)).not.toContainText("Still waiting");
});

test("a pause that hangs says so too, and taking it back ends the wait", async ({ page, stand, newId }) => {
	const id = newId("overdue-pause");
	const instance = new InstancePage(page);
	await stand.engine.askedBefore(PROMISED + 10_000, id, "pause");
	await instance.open(id);
	await expect(banner(page)).toHaveAttribute("data-tone", "amber");
	await expect(banner(page)).toContainText(/Still waiting for charge_card .* to finish\./);
	await instance.button("Unpause").click();
	await expect(banner(page)).toHaveCount(0);
	stand.engine.openGate(id, "charge_card");
	await instance.nodeIs("report", "running");
});

test("a cancel that waits for a worker that died takes effect without it, though nobody else works", async ({
	page,
	stand,
	newId,
}) => {
	const id = newId("overdue-dead");
	const instance = new InstancePage(page);
	await stand.engine.askedBefore(PROMISED + 10_000, id, "cancel");
	await instance.open(id);
	await expect(banner(page)).toContainText("it is alive");
	await stand.engine.killWorker(id);
	await expect(instance.status).toContainText("Cancelled");
	await instance.nodeIs("charge_card", "cancelled");
	await stand.engine.startWorker();
});

function colours(page: Page): Promise<readonly string[]> {
	return banner(page).evaluate((element) => {
		const { backgroundColor, borderTopColor, color } = getComputedStyle(element);
		return [backgroundColor, borderTopColor, color];
	});
}

interface Spoken {
	spoken: (string | null)[];
}

/** From now on texts that change where a screen reader listens, but for parts that are told to be quiet. */
async function noteWhatIsSpoken(page: Page): Promise<void> {
	await page.evaluate(() => {
		const spoken: (string | null)[] = [];
		Object.assign(globalThis, { spoken });
		new MutationObserver((changes) => {
			for (const { target } of changes) {
				const element = target instanceof Element ? target : target.parentElement;
				const live = element?.closest("[aria-live], [role=status], [role=alert], [aria-hidden=true]");
				if (live == null || live.getAttribute("aria-hidden") === "true") continue;
				if (live.getAttribute("aria-live") !== "off") spoken.push(element?.textContent ?? null);
			}
		}).observe(document.body, { subtree: true, childList: true, characterData: true });
	});
}
