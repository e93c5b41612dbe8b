import type { Locator, Page } from "@playwright/test";
import { InstancePage } from "./instance-page.ts";
import { violationsOf } from "./stand/axe.ts";
import { expect, test } from "./stand/gallery-test.ts";

test.use({ scenarios: ["chain-1000", "fork-200", "every-kind", "failed-5-attempts"] });

const timelineOf = (page: Page) => page.getByRole("treegrid", { name: "Timeline" });
const rowOf = (page: Page, key: string) => page.locator(`[data-timeline-key="${key}"]`);
const heading = (page: Page) => page.locator("[data-inspector]").getByRole("heading", { level: 2 });

/** Keys do something once the page is awake: the row of the tab stop says that it is. */
async function isAwake(page: Page): Promise<void> {
	await expect(timelineOf(page).locator('[role=row][tabindex="0"]')).toHaveCount(1);
}

async function liesBelowTheHeads(row: Locator): Promise<void> {
	await expect(async () => {
		const place = await row.evaluate((element) => {
			const head = element.closest("[role=treegrid]")?.querySelector("[role=row]")?.getBoundingClientRect();
			const view = element.closest(".overflow-auto")?.getBoundingClientRect();
			const { top, bottom } = element.getBoundingClientRect();
			return { isBelow: top >= (head?.bottom ?? 0) - 1, isAbove: bottom <= (view?.bottom ?? 0) + 1 };
		});
		expect(place).toEqual({ isBelow: true, isAbove: true });
	}).toPass();
}

test("a timeline opens where something goes on, and stays at its top where nothing does", async ({ page }) => {
	await page.goto("/instances/chain-1000?view=timeline");
	await isAwake(page);
	const running = timelineOf(page).getByRole("row").filter({ hasText: "Task, running" });
	await expect(running).toBeVisible();
	await liesBelowTheHeads(running);
	await expect(running).toHaveAttribute("tabindex", "0");
	expect(await violationsOf(page)).toEqual([]);

	await page.goto("/instances/every-kind?view=timeline");
	await isAwake(page);
	await expect(rowOf(page, "first")).toHaveCount(0);
});

test("R and F bring the row that they go to into view, and the keyboard into its inspector", async ({ page }) => {
	await page.goto("/instances/chain-1000?view=timeline");
	await isAwake(page);
	await timelineOf(page)
		.locator("xpath=..")
		.evaluate((scroller) => scroller.scrollTo(0, 0));
	await expect(timelineOf(page).getByRole("row").nth(1)).toHaveAttribute("aria-rowindex", "2");
	await page.keyboard.press("r");
	await expect(heading(page)).toBeFocused();
	const running = timelineOf(page).getByRole("row", { selected: true });
	await expect(running).toContainText("running");
	await liesBelowTheHeads(running);

	await page.goto("/instances/fork-200?view=timeline");
	await isAwake(page);
	await page.keyboard.press("f");
	await expect(heading(page)).toBeFocused();
	const selected = timelineOf(page).getByRole("row", { selected: true });
	await expect(selected).toContainText("failed");
	await liesBelowTheHeads(selected);
	const first = await selected.getAttribute("data-timeline-key");
	await page.keyboard.press("f");
	await expect(selected).not.toHaveAttribute("data-timeline-key", first ?? "");
	await liesBelowTheHeads(selected);
	await expect(heading(page)).toBeFocused();
	expect(await violationsOf(page)).toEqual([]);
});

test("a linked node is in view in the timeline, and what is folded around it opens when it is gone to", async ({
	page,
}) => {
	await page.goto("/instances/fork-200?view=timeline&node=send%2Fcustomer_150%2Fsend");
	await isAwake(page);
	await liesBelowTheHeads(rowOf(page, "send/customer_150/send"));
	const fork = rowOf(page, "send");
	await timelineOf(page)
		.locator("xpath=..")
		.evaluate((scroller) => scroller.scrollTo(0, 0));
	await fork.focus();
	await page.keyboard.press("ArrowLeft");
	await expect(timelineOf(page)).toHaveAttribute("aria-rowcount", /^\d$/);
	// In the rows letters are typed to find a name.
	await page.getByRole("group", { name: "Show only" }).getByRole("button").first().focus();
	await page.keyboard.press("f");
	const selected = timelineOf(page).getByRole("row", { selected: true });
	await expect(selected).toContainText("failed");
	await liesBelowTheHeads(selected);
});

test("the timeline shows only nodes in the states that are asked for, with what is around them", async ({ page }) => {
	await page.goto("/instances/fork-200?view=timeline");
	await isAwake(page);
	const chip = page.getByRole("group", { name: "Show only" }).getByRole("button", { name: /^Failed/ });
	const failed = Number(/\d+/.exec((await chip.textContent()) ?? "")?.[0]);
	await chip.click();
	const nodes = timelineOf(page).getByRole("row").filter({ hasText: "Task, failed" });
	await expect(nodes).toHaveCount(failed);
	await expect(rowOf(page, "send")).toBeVisible();
	await expect(timelineOf(page).getByRole("row").filter({ hasText: "Task, completed" })).toHaveCount(0);
	await page.getByRole("button", { name: "Show all" }).click();
	await expect(timelineOf(page)).toHaveAttribute("aria-rowcount", /^\d{3,}$/);
});

test("in the graph F opens what failed and leaves the keyboard on it, Enter goes in, and Escape comes back", async ({
	page,
}) => {
	const instance = new InstancePage(page);
	await instance.open("fork-200");
	const canvas = page.locator(".plan-flow");
	await canvas.focus();
	await canvas.press("f");
	await expect(instance.inspector).toContainText("Failed");
	await expect(canvas).toBeFocused();
	const first = await instance.inspector.getAttribute("data-inspector");
	await canvas.press("f");
	await expect(instance.inspector).not.toHaveAttribute("data-inspector", first ?? "");
	await canvas.press("Enter");
	await expect(heading(page)).toBeFocused();
	await page.keyboard.press("Escape");
	await expect(instance.inspector).toHaveCount(0);
	await expect(canvas).toBeFocused();
});

test("F takes the keyboard to the failure from wherever it is, and says it again when it is there already", async ({
	page,
}) => {
	const instance = new InstancePage(page);
	await instance.open("failed-5-attempts");
	await page.keyboard.press("f");
	await expect(heading(page)).toBeFocused();
	await page.keyboard.press("Tab");
	await expect(heading(page)).not.toBeFocused();
	await page.keyboard.press("f");
	await expect(heading(page)).toBeFocused();
	await page.keyboard.press("3");
	await expect(page.getByRole("table", { name: "History" })).toBeVisible();
	await page.keyboard.press("f");
	await expect(heading(page)).toBeFocused();
});
