import { InstancePage } from "./instance-page.ts";
import { expect, test } from "./stand/gallery-test.ts";

test.use({ scenarios: ["fork-200", "failed-5-attempts", "completed", "paused", "every-kind", "nodes-1000"] });

test("on 320 px all actions of an instance fit with room at the edge, and a menu alone takes no bar", async ({
	page,
}) => {
	await page.setViewportSize({ width: 320, height: 640 });
	await page.goto("/instances/paused");
	const cancel = page.getByRole("button", { name: "Cancel", exact: true });
	await expect(page.getByRole("button", { name: "Unpause", exact: true })).toBeVisible();
	const end = await cancel.boundingBox();
	expect((end?.x ?? 320) + (end?.width ?? 0)).toBeLessThanOrEqual(320 - 6);
	const begin = await page.getByRole("button", { name: "Unpause", exact: true }).boundingBox();
	expect(begin?.x ?? 0).toBeGreaterThanOrEqual(6);
	const more = await page.getByRole("button", { name: "More actions" }).boundingBox();
	expect(Math.min(more?.width ?? 0, more?.height ?? 0)).toBeGreaterThanOrEqual(24);

	await page.goto("/instances/completed");
	const menu = page.getByRole("button", { name: "More actions" });
	const title = await page.getByRole("heading", { level: 1 }).boundingBox();
	const place = await menu.boundingBox();
	expect(Math.abs((place?.y ?? 640) - (title?.y ?? 0))).toBeLessThan(40);
	await menu.click();
	await expect(page.getByRole("menuitem", { name: "Copy link" })).toBeVisible();
});

for (const [view, key] of [
	["timeline", "data-timeline-key"],
	["graph&as=outline", "data-node-key"],
] as const) {
	test(`on 320 px branches are told apart by the ends of their names: ${view}`, async ({ page }) => {
		await page.setViewportSize({ width: 320, height: 800 });
		await page.goto(`/instances/fork-200?view=${view}&node=send%2Fcustomer_150%2Fsend`);
		const row = page.getByRole("row").filter({ has: page.getByTitle("customer_150", { exact: true }) });
		await expect(page.locator(`[${key}="send/customer_150/send"]`)).toBeVisible();
		const name = row.getByTitle("customer_150", { exact: true });
		const [around, tail] = [await name.boundingBox(), await name.locator("span").last().boundingBox()];
		expect(await name.locator("span").last().textContent()).toBe("er_150");
		expect((tail?.x ?? 0) + (tail?.width ?? 0)).toBeLessThanOrEqual((around?.x ?? 0) + (around?.width ?? 0) + 1);
		const cell = await row.getByRole("gridcell").first().boundingBox();
		expect((tail?.x ?? 0) + (tail?.width ?? 0)).toBeLessThanOrEqual((cell?.x ?? 0) + (cell?.width ?? 0) + 1);
	});
}

test("a failed node says so once on its own page, and the instance can be retried there and from the whole-screen inspector", async ({
	page,
}) => {
	await page.goto("/instances/failed-5-attempts/nodes/pay_back");
	await expect(page.getByText("instance failed too")).toBeVisible();
	await expect(page.getByText("Failed", { exact: true })).toHaveCount(1);
	await expect(page.getByRole("button", { name: "Retry the instance" })).toBeVisible();
	await page.setViewportSize({ width: 360, height: 740 });
	await page.goto("/instances/failed-5-attempts?node=pay_back");
	await expect(new InstancePage(page).inspector.getByRole("button", { name: "Retry the instance" })).toBeVisible();
	await page.setViewportSize({ width: 1440, height: 900 });
	await expect(page.getByRole("button", { name: "Retry", exact: true })).toBeVisible();
	await expect(page.getByRole("button", { name: "Retry the instance" })).toBeHidden();
});

test("buttons that are only a picture are 24 px on every screen", async ({ page }) => {
	await page.setViewportSize({ width: 320, height: 800 });
	await page.goto("/instances/every-kind?view=io");
	for (const name of ["Copy instance id", "Copy input", "Search in this value", "Wrap long lines", "Full screen"]) {
		const box = await page.getByRole("button", { name, exact: true }).first().boundingBox();
		expect(Math.min(box?.width ?? 0, box?.height ?? 0), name).toBeGreaterThanOrEqual(24);
	}
	const link = await page.getByRole("link", { name: "Download input" }).boundingBox();
	expect(Math.min(link?.width ?? 0, link?.height ?? 0)).toBeGreaterThanOrEqual(24);
});

test("a definition shows the branches that fail the most, and begins at the node that is named above it", async ({
	page,
}) => {
	await page.goto("/workflows/campaign");
	const worst = await page
		.getByText(/^Fails most often at/)
		.getByRole("button")
		.textContent();
	const card = page.locator(`.plan-card[data-node-key="${worst}"]`);
	await expect(card).toContainText(/[1-9]\d* % failed/);
	await expect(card).toBeInViewport({ ratio: 1 });
	const failing = page.locator(".plan-card [data-heat='3']");
	expect(await failing.count()).toBeGreaterThanOrEqual(4);
	// Nothing follows the divider of a toolbar without states.
	await expect(page.getByRole("toolbar", { name: "Graph view" }).locator(":scope > span[aria-hidden]")).toHaveCount(0);
});

test("the map is not drawn as shown while all that it would show is in view", async ({ page }) => {
	await page.setViewportSize({ width: 800, height: 700 });
	const instance = new InstancePage(page);
	await instance.open("failed-5-attempts");
	const map = page.getByRole("button", { name: "Minimap" });
	const ground = () => map.evaluate((button) => getComputedStyle(button).backgroundColor);
	await page.keyboard.press("Escape");
	await page.locator(".plan-flow").press("0");
	await expect(page.locator(".plan-canvas")).toHaveAttribute("data-all-in-view", "");
	await expect.poll(ground).toBe("rgba(0, 0, 0, 0)");
	for (let press = 0; press < 8; press += 1) await page.locator(".plan-flow").press("+");
	await expect(page.locator(".plan-canvas")).not.toHaveAttribute("data-all-in-view", "");
	await expect.poll(ground).not.toBe("rgba(0, 0, 0, 0)");
});

test("from far away the block that is followed is marked, and no longer once nothing is", async ({ page }) => {
	await page.goto("/instances/nodes-1000?view=graph");
	const instance = new InstancePage(page);
	await instance.graphIsReady();
	const canvas = page.locator(".plan-flow");
	for (let press = 0; press < 14; press += 1) await canvas.press("-");
	await expect(page.locator(".plan-blocks")).toBeAttached();
	await canvas.press("l");
	const mark = page.locator(".plan-block-mark[data-followed]");
	await expect(mark).toBeInViewport();
	await canvas.press("l");
	await expect(mark).toHaveCount(0);
});
