import type { Locator, Page } from "@playwright/test";
import { InstancePage } from "./instance-page.ts";
import { violationsOf } from "./stand/axe.ts";
import type { DashboardStand } from "./stand/dashboard-stand.ts";
import { expect, test } from "./stand/test.ts";
import { testWorkflows } from "./stand/workflows.mjs";

interface Order {
	readonly refusals?: number;
	readonly boxes?: number;
	readonly size?: "big" | "small";
	readonly card?: string;
}

/** Starts a shipment; small ones go through by themselves, big ones are held at the crane. */
async function start(stand: DashboardStand, id: string, order: Order = {}): Promise<void> {
	await stand.engine.client.start("shipment", id, { refusals: 0, boxes: 1, size: "small", card: "4111", ...order });
}

async function ended(stand: DashboardStand, id: string, order: Order = {}): Promise<string> {
	await start(stand, id, order);
	await stand.engine.client.result(id, { timeout: "20s" });
	return id;
}

function row(page: Page, path: string): Locator {
	return page.locator(`[data-compared="${path}"]`);
}

const paths = (page: Page) =>
	page.locator("[data-compared]").evaluateAll((rows) => rows.map((one) => one.getAttribute("data-compared")));

test("from a failed instance the last that completed is the first choice, and the two are set side by side", async ({
	page,
	stand,
	newId,
}) => {
	const good = await ended(stand, newId("good"));
	const bad = await ended(stand, newId("bad"), { refusals: 9, card: "4222" });
	const between = newId("between");
	await start(stand, between, { size: "big" });
	const instance = new InstancePage(page);
	await instance.open(bad);
	await page.getByRole("button", { name: "More actions" }).click();
	await page.getByRole("menuitem", { name: "Compare with…" }).click();
	await expect(page.getByRole("heading", { name: "Compare with…" })).toBeVisible();
	const choices = page.locator("[data-choice]");
	await expect(choices.first()).toHaveAttribute("data-choice", good);
	await expect(choices.first()).toContainText("the last that completed");
	await expect(page.locator(`[data-choice="${between}"]`)).toBeVisible();
	await expect(page.locator(`[data-choice="${bad}"]`)).toHaveCount(0);
	await choices
		.first()
		.getByRole("link", { name: `Compare with ${good}` })
		.click();

	await expect(page).toHaveURL(new RegExp(`/compare\\?left=${bad}&right=${good}$`));
	await expect(page.getByRole("heading", { name: "Two runs of shipment" })).toBeVisible();
	await expect(page.getByRole("region", { name: "Run A" })).toContainText(
		"RangeError in charge: card 4222 was refused",
	);
	await expect(page.getByRole("region", { name: "Run B" })).toContainText("Completed");
	await expect(page.getByRole("region", { name: "Run B" })).toContainText("the same as A's");
	const partings = page.getByRole("region", { name: "Where they part" });
	await expect(partings.getByRole("listitem")).toHaveText(["charge failed → completed, −1 attempt"]);
	expect(await paths(page)).toEqual(["charge", "pack/box", "size", "size/small/hand", "thank"]);
	await expect(row(page, "thank")).toContainText("not reached → completed");
	await expect(row(page, "thank").getByRole("cell").nth(1)).toHaveText("Not reached");

	await partings.getByRole("button", { name: "charge" }).click();
	await expect(page).toHaveURL(/&node=charge$/);
	const detail = page.locator('[data-detail="charge"]');
	await expect(detail.getByRole("region", { name: "In run A" })).toContainText("card 4222 was refused");
	await expect(detail.getByRole("region", { name: "In run B" }).getByRole("region", { name: "Output" })).toContainText(
		"paid",
	);
	await expect(detail.getByRole("region", { name: "Its input, from A to B" })).toContainText("Changed card");
	await expect(page.getByRole("region", { name: "Input, from A to B", exact: true })).toContainText("Changed refusals");
	await expect(page.getByRole("region", { name: "Output, from A to B", exact: true })).toContainText("A has no output");

	await page.goBack();
	await expect(detail).toHaveCount(0);
	await page.getByRole("link", { name: "Swap" }).click();
	await expect(partings.getByRole("listitem")).toHaveText(["charge completed → failed, +1 attempt"]);
	await page.goBack();
	await expect(partings.getByRole("listitem")).toHaveText(["charge failed → completed, −1 attempt"]);
	await page.goBack();
	await expect(choices.first()).toBeVisible();
	await page.goBack();
	await expect(instance.status).toContainText("Failed");
});

test("two rows of the list that are selected are compared, three are not", async ({ page, stand, newId }) => {
	const ids = [
		await ended(stand, newId("pair"), { boxes: 1 }),
		await ended(stand, newId("pair"), { boxes: 3 }),
		await ended(stand, newId("pair")),
	] as const;
	await page.goto("/instances?workflow=shipment");
	const select = (id: string) => page.getByRole("checkbox", { name: `Select ${id}`, exact: true });
	const compare = page.getByRole("region", { name: "Selected instances" }).getByRole("link", { name: "Compare" });
	await select(ids[0]).check();
	await expect(page.getByRole("region", { name: "Selected instances" })).toBeVisible();
	await expect(compare).toHaveCount(0);
	await select(ids[1]).check();
	await select(ids[2]).check();
	await expect(page.getByText("3 instances selected")).toBeVisible();
	await expect(compare).toHaveCount(0);
	await select(ids[2]).uncheck();
	await compare.click();
	await expect(page).toHaveURL(new RegExp(`/compare\\?left=${ids[0]}&right=${ids[1]}$`));
	await expect(row(page, "pack")).toContainText("1 → 3 iterations");
	expect(await paths(page)).toEqual(["pack"]);

	const onlyDifferences = page.getByRole("checkbox", { name: "Only differences" });
	await onlyDifferences.uncheck();
	await expect(page).toHaveURL(/show=all/);
	await expect(row(page, "pack/box")).toContainText("3 attempts in 3 iterations");
	expect(await paths(page)).toEqual([
		"charge",
		"pack",
		"pack/box",
		"size",
		"size/big/crane",
		"size/small/hand",
		"thank",
	]);
	await page.goto(`/compare?left=${ids[0]}&right=${ids[2]}`);
	await expect(page.getByText("Both went the same way, each node with as many attempts.")).toBeVisible();
	await expect(page.getByRole("region", { name: "Output, from A to B", exact: true })).toContainText(
		"is the same in both",
	);
});

test("what happens in a run that goes on is shown as it happens", async ({ page, stand, newId }) => {
	const small = await ended(stand, newId("small"));
	const big = newId("big");
	await start(stand, big, { size: "big" });
	await page.goto(`/compare?left=${small}&right=${big}&show=all`);
	const card = page.getByRole("region", { name: "Run B" });
	await expect(card.locator("[data-connection]")).toHaveAttribute("data-connection", "live");
	await expect(row(page, "size")).toContainText("case small → big");
	const crane = row(page, "size/big/crane").getByRole("cell").nth(2);
	await expect(crane).toContainText("Running");
	// What has not happened yet is no difference.
	await expect(row(page, "thank")).toHaveAttribute("data-differs", "");
	stand.engine.openGate(big, "size/big/crane");
	await expect(crane).toContainText("Completed");
	await expect(row(page, "thank").getByRole("cell").nth(2)).toContainText("Completed");
	await expect(card).toContainText("Completed");
	await expect(card).toContainText(/[+−±].* against A/);
	await expect(page.getByRole("region", { name: "Output, from A to B", exact: true })).toContainText(
		"Changed thanked.value.size",
	);
});

test("versions of one workflow are compared, and a node that only one has says so", async ({ page, stand, newId }) => {
	const now = await ended(stand, newId("now"));
	const before = newId("before");
	const { oldShipment } = testWorkflows(stand.engine.folder);
	await stand.engine.client.start(oldShipment, before, { refusals: 0, boxes: 1, size: "small", card: "4111" });
	await stand.engine.client.result(before, { timeout: "20s" });
	await page.goto(`/compare?left=${before}&right=${now}`);
	await expect(page.getByRole("region", { name: "Run B" })).toContainText("another than A's");
	await expect(page.getByRole("status").filter({ hasText: "differ" })).toHaveText(
		"1 of 7 differ · 1 only in B's version",
	);
	await expect(row(page, "thank").getByRole("cell").nth(1)).toHaveText("not in this version");
	await row(page, "thank").getByRole("button").click();
	await expect(page.locator('[data-detail="thank"]')).toContainText("Its version of the plan does not have this node.");
});

test("what is missing, the same, or of another workflow is said, and another can be chosen", async ({
	page,
	stand,
	newId,
}) => {
	const id = await ended(stand, newId("alone"));
	const other = newId("other");
	await stand.engine.client.start("tour", other, {});
	await page.goto("/compare");
	await expect(page.getByRole("heading", { name: "Which runs?" })).toBeVisible();
	await page.goto("/compare?left=nobody&right=noone");
	await expect(page.getByRole("heading", { name: "There is nothing to compare" })).toBeVisible();
	for (const [query, why] of [
		[`left=${id}&right=nobody`, "There is no instance nobody."],
		[`left=nobody&right=${id}`, "There is no instance nobody."],
		[`left=${id}&right=${id}`, "That is the same run twice."],
		[`left=${id}&right=${other}`, `Only runs of one workflow can be compared, and ${other} is one of tour.`],
	] as const) {
		await page.goto(`/compare?${query}`);
		await expect(page.locator("main").getByRole("alert")).toContainText(why);
		await expect(page.getByRole("link", { name: id, exact: true })).toBeVisible();
	}
	const right = await ended(stand, newId("by-id"));
	await page.getByLabel("Or any other, by its id").fill(` ${right} `);
	await page.keyboard.press("Enter");
	await expect(page).toHaveURL(new RegExp(`left=${id}&right=${right}$`));
	await expect(page.getByRole("heading", { name: "Two runs of shipment" })).toBeVisible();
});

test("by keyboard alone: palette, choice, a node, and back", async ({ page, stand, newId }) => {
	const good = await ended(stand, newId("keys-good"));
	const bad = await ended(stand, newId("keys-bad"), { refusals: 9 });
	await new InstancePage(page).open(bad);
	await page.keyboard.press("Control+k");
	await expect(page.getByRole("combobox", { name: "Search or jump to" })).toBeFocused();
	await page.keyboard.type("compare with");
	await expect(page.getByRole("option")).toHaveText([/^Compare with…/]);
	await page.keyboard.press("Enter");
	const choice = page.getByRole("link", { name: `Compare with ${good}` });
	await expect(choice).toBeVisible();
	await choice.focus();
	await page.keyboard.press("Enter");
	const node = row(page, "charge").getByRole("button");
	await expect(node).toHaveAttribute("aria-expanded", "false");
	await node.focus();
	await page.keyboard.press("Enter");
	await expect(node).toHaveAttribute("aria-expanded", "true");
	await expect(page.locator('[data-detail="charge"]')).toBeVisible();
	await expect(node).toBeFocused();
	await page.keyboard.press("Tab");
	await expect(page.locator('[data-detail="charge"]').getByRole("link", { name: "Open in run A" })).toBeFocused();
	await page.keyboard.press("Shift+Tab");
	await page.keyboard.press("Space");
	await expect(page.locator('[data-detail="charge"]')).toHaveCount(0);
});

for (const [colorScheme, width] of [
	["light", 1280],
	["dark", 1280],
	["light", 320],
	["dark", 320],
] as const) {
	test(`axe finds nothing in the comparison, ${colorScheme}, ${width} px wide`, async ({ page, stand, newId }) => {
		await page.emulateMedia({ colorScheme });
		await page.setViewportSize({ width, height: 800 });
		const good = await ended(stand, newId("axe-good"), { boxes: 2 });
		const bad = await ended(stand, newId("axe-bad"), { refusals: 9 });
		for (const path of [
			`/compare?left=${good}&right=${bad}&show=all&node=charge`,
			`/compare?left=${bad}`,
			`/compare?left=${bad}&right=nobody`,
			"/compare",
		]) {
			await page.goto(path);
			await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
			await expect(page.locator(".animate-pulse")).toHaveCount(0);
			const violations = await violationsOf(page);
			expect(violations, path).toEqual([]);
			expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(width);
		}
	});
}
