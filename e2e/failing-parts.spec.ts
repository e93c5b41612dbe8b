import type { Page } from "@playwright/test";
import { violationsOf } from "./stand/axe.ts";
import { expect, test } from "./stand/gallery-test.ts";

test.use({ scenarios: [["completed", "failed-5-attempts"], { scope: "worker" }] });

/** Answers as no server of ours does: what shows them throws. */
const SENSELESS = { size: 3, encoding: "text", truncated: false, codec: "json", wrappers: null, text: null };

async function isClean(page: Page): Promise<void> {
	const violations = await violationsOf(page);
	expect(violations).toEqual([]);
	const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
	expect(wide, "px that stick out").toBeLessThanOrEqual(0);
}

for (const [colorScheme, width] of [
	["light", 1280],
	["dark", 320],
] as const) {
	test.describe(`${colorScheme}, ${width} px wide`, () => {
		test.use({ colorScheme, viewport: { width, height: 800 } });

		test("a view that throws leaves the rest of the page, says what happened, and comes when asked again", async ({
			page,
		}) => {
			await page.route("**/value?*", (route) => route.fulfill({ json: SENSELESS }));
			await page.goto("/instances/completed?view=io");
			const told = page.locator("main").getByRole("alert");
			await expect(told).toContainText("This view could not be shown");
			await expect(told).toContainText("TypeError");
			await expect(page.getByTestId("instance-status")).toContainText("Completed");
			await isClean(page);
			await page.unroute("**/value?*");
			await page.getByRole("button", { name: "Show it again" }).click();
			await expect(page.getByRole("region", { name: "Input" }).first()).toContainText("number");
		});

		test("an inspector that throws can be closed, also where it takes the whole screen", async ({ page }) => {
			await page.route("**/value?*", (route) => route.fulfill({ json: SENSELESS }));
			await page.goto("/instances/completed?view=graph&node=book&tab=output");
			const inspector = page.getByRole("complementary", { name: "Inspector" });
			await expect(inspector.getByRole("alert")).toContainText("The inspector could not be shown");
			await isClean(page);
			await inspector.getByRole("button", { name: "Close" }).click();
			await expect(inspector).toHaveCount(0);
			await expect(page).not.toHaveURL(/node=/);
		});

		test("a page of which nothing can be shown says so, and comes when it is asked again", async ({ page }) => {
			await page.route("**/api/overview?*", (route) => route.fulfill({ json: { now: Date.now() } }));
			await page.goto("/");
			await expect(page.getByRole("heading", { level: 1 })).toHaveText("This page could not be shown", {
				timeout: 20_000,
			});
			await expect(page.locator("main").getByRole("alert")).toContainText("Nothing that runs is affected.");
			await isClean(page);
			await page.unroute("**/api/overview?*");
			await page.getByRole("button", { name: "Retry" }).click();
			await expect(page.getByRole("heading", { level: 1 })).toHaveText("Overview");
		});

		test("a failed instance that is deleted under its page is said to be gone, and offers no retry", async ({
			page,
		}) => {
			await page.clock.install();
			await page.goto("/instances/failed-5-attempts?view=graph");
			await expect(page.locator("[data-connection]")).toHaveAttribute("data-connection", "ended");
			const error = { code: "InstanceNotFound", message: "There is no such instance." };
			let asked = 0;
			await page.route("**/api/instances/failed-5-attempts", (route) => {
				asked += 1;
				return route.fulfill({ status: 404, json: { error } });
			});
			await page.clock.runFor(16_000);
			await expect(page.getByRole("region", { name: "Deleted" })).toContainText("This instance was deleted.");
			await expect(page.locator("[data-connection]")).toHaveText("Deleted");
			await expect(page.getByRole("button", { name: "Retry" })).toHaveAccessibleDescription("It was deleted");
			await expect(page.getByRole("region", { name: "Failure" })).toBeVisible();
			await isClean(page);
			// Nobody is asked again.
			await page.clock.runFor(60_000);
			expect(asked).toBe(1);
		});
	});
}
