import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./stand/test.ts";

async function open(page: Page): Promise<Locator> {
	await page.goto("/instances");
	await page.getByRole("button", { name: "Columns and density" }).click();
	return page.getByRole("group", { name: "Columns" });
}

/** The heads that a reader may arrange, from left to right. */
const heads = async (page: Page) =>
	(await page.getByRole("table", { name: "Instances" }).getByRole("columnheader").allTextContents()).slice(3);

async function middleOf(locator: Locator): Promise<{ readonly x: number; readonly y: number }> {
	const box = await locator.boundingBox();
	if (box === null) throw new Error("it is not on the screen");
	return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test("a column is dragged to its place, the table follows at once, and it stays there", async ({
	page,
	stand,
	newId,
}) => {
	await stand.engine.client.start("tour", newId("dragged"), {});
	const chooser = await open(page);
	expect(await heads(page)).toEqual(["Workflow", "Now, or why it failed", "Progress", "Started", "Duration"]);
	const grip = await middleOf(chooser.getByTitle("Drag Duration to its place"));
	const target = await middleOf(chooser.getByTitle("Drag Now, or why it failed to its place"));
	await page.mouse.move(grip.x, grip.y);
	await page.mouse.down();
	await page.mouse.move(grip.x, target.y - 4, { steps: 6 });
	await expect
		.poll(() => heads(page))
		.toEqual(["Workflow", "Duration", "Now, or why it failed", "Progress", "Started"]);
	await page.mouse.up();
	await expect(chooser.getByRole("status")).toHaveText("Duration is column 2 of 5");
	// Whatever the pointer does now is nobody's business.
	await page.mouse.move(grip.x, target.y + 200);
	await page.reload();
	await expect
		.poll(() => heads(page))
		.toEqual(["Workflow", "Duration", "Now, or why it failed", "Progress", "Started"]);
});

test("Escape takes a drag back and leaves the chooser open", async ({ page, stand, newId }) => {
	await stand.engine.client.start("tour", newId("dragged"), {});
	const chooser = await open(page);
	const before = await heads(page);
	const grip = await middleOf(chooser.getByTitle("Drag Workflow to its place"));
	await page.mouse.move(grip.x, grip.y);
	await page.mouse.down();
	await page.mouse.move(grip.x, grip.y + 100, { steps: 4 });
	await expect.poll(() => heads(page)).not.toEqual(before);
	await page.keyboard.press("Escape");
	await expect.poll(() => heads(page)).toEqual(before);
	await page.mouse.move(grip.x, grip.y + 60);
	await page.mouse.up();
	expect(await heads(page)).toEqual(before);
	await expect(chooser).toBeVisible();
});

test("j and k walk along the rows, x selects one, Enter opens it", async ({ page, stand, newId }) => {
	const ids = [newId("walked"), newId("walked"), newId("walked")];
	for (const id of ids) await stand.engine.client.start("tour", id, {}, { labels: { of: "walk" } });
	const [last, middle, first] = ids;
	await page.goto("/instances?label=of%3Dwalk");
	const link = (id: string | undefined) => page.getByRole("link", { name: id ?? "" });
	await expect(link(first)).toBeVisible();
	await page.keyboard.press("j");
	await expect(link(first)).toBeFocused();
	await page.keyboard.press("j");
	await page.keyboard.press("j");
	await expect(link(last)).toBeFocused();
	await page.keyboard.press("k");
	await page.keyboard.press("x");
	await expect(page.getByRole("checkbox", { name: `Select ${middle}` })).toBeChecked();
	await page.keyboard.press("x");
	await expect(page.getByRole("checkbox", { name: `Select ${middle}` })).not.toBeChecked();
	await page.keyboard.press("Enter");
	await expect(page).toHaveURL(new RegExp(`/instances/${middle}$`));
});
