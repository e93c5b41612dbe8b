import { expect, fontsUsed, looksAsEver, test } from "./stand/visual-test.ts";

const SHOWN = [
	"failed-5-attempts",
	"retrying",
	"running",
	"two-signals",
	"paused",
	"cancelled",
	"completed",
	"route-small",
];

test.use({ scenarios: SHOWN, viewport: { width: 1280, height: 800 } });

const PAGES = [
	["overview", "/"],
	["list", "/instances"],
	["instance", "/instances/failed-5-attempts?view=graph&node=pay_back"],
	["timeline", "/instances/failed-5-attempts?view=timeline"],
	["workflow", "/workflows/refund"],
	["signals", "/signals"],
	["workers", "/workers"],
	["settings", "/settings"],
] as const;

for (const [name, path] of PAGES) {
	test(`the page ${name} looks as ever`, async ({ page }) => {
		await page.goto(path);
		await expect(page.locator("h1")).toBeVisible();
		await expect(page.locator(".animate-pulse")).toHaveCount(0);
		if (name === "instance") await expect(page.locator("[data-graph-ready]")).toBeVisible();
		// The machine's name and the number of a process.
		if (name === "workers") await page.getByText(/ · \d+$/).evaluate((told) => (told.textContent = "host · 4711"));
		await looksAsEver(page, page, `page-${name}`);
	});
}

test("every text of the pictures is drawn in the tests' own font", async ({ page }) => {
	for (const path of ["/instances/failed-5-attempts?view=graph&node=pay_back", "/instances", "/settings"]) {
		await page.goto(path);
		await expect(page.locator("h1")).toBeVisible();
		await page.evaluate(() => document.fonts.ready.then(() => undefined));
		const used = await fontsUsed(page);
		expect(used.filter((name) => !name.startsWith("DejaVu Sans") || name.endsWith("(system)"))).toEqual([]);
	}
});
