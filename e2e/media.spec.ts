import type { Page } from "@playwright/test";
import { InstancePage } from "./instance-page.ts";
import { expect, test } from "./stand/gallery-test.ts";

test.use({ scenarios: ["every-kind", "fork-200", "failed-5-attempts", "hostile"] });

function sticksOut(page: Page): Promise<number> {
	return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

test.describe("on paper", () => {
	// As wide as A4 at 96 dpi.
	test.use({ viewport: { width: 794, height: 1123 }, colorScheme: "dark" });

	test("the whole plan fits, without tools, dark on white, and the screen gets its own view back", async ({ page }) => {
		const instance = new InstancePage(page);
		await page.goto("/instances/every-kind?view=graph&node=last");
		await instance.graphIsReady();
		await page.locator(".plan-flow").press("1");
		await expect(instance.card("task")).toHaveCount(0);
		await page.emulateMedia({ media: "print" });
		for (const end of ["task", "last"]) {
			await expect(instance.card(end)).toBeVisible();
			const box = await instance.card(end).boundingBox();
			expect(box?.x ?? -1).toBeGreaterThanOrEqual(0);
			expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(794);
		}
		await expect(page.getByRole("navigation", { name: "Main" })).toBeHidden();
		await expect(page.getByRole("toolbar", { name: "Graph view" })).toBeHidden();
		await expect(page.locator("h1")).toHaveCSS("color", "rgb(18, 22, 27)");
		const plan = await page.locator(".plan-canvas").boundingBox();
		const inspector = await instance.inspector.boundingBox();
		expect(inspector?.y ?? 0, "the inspector stands below the plan").toBeGreaterThanOrEqual(
			(plan?.y ?? 0) + (plan?.height ?? 0),
		);
		await page.emulateMedia({ media: "screen" });
		await expect(page.locator(".plan-toolbar")).toContainText("100 %");
	});

	test("lists are whole, and nothing sticks out", async ({ page }) => {
		await page.goto("/instances/fork-200?view=graph&as=outline");
		const rows = page.getByRole("row", { name: /^render task/ });
		await expect(rows.first()).toBeVisible();
		expect(await rows.count()).toBeLessThan(100);
		await page.emulateMedia({ media: "print" });
		await expect(rows).toHaveCount(200);
		for (const path of ["fork-200?view=timeline", "failed-5-attempts?view=attempts", "every-kind?view=history"]) {
			await page.emulateMedia({ media: "screen" });
			await page.goto(`/instances/${path}`);
			await expect(page.getByTestId("instance-status")).toBeVisible();
			await page.emulateMedia({ media: "print" });
			await expect(page.getByRole("navigation", { name: "Views" })).toBeHidden();
			expect(await sticksOut(page), path).toBeLessThanOrEqual(0);
		}
	});
});

test("the system's own colours still tell what is current, chosen and selected", async ({ page }) => {
	await page.emulateMedia({ forcedColors: "active" });
	const instance = new InstancePage(page);
	await page.goto("/instances/failed-5-attempts?view=graph&node=pay_back&tab=attempts");
	await instance.graphIsReady();
	const line = (name: string) =>
		page.getByRole("link", { name, exact: true }).evaluate((link) => getComputedStyle(link).borderBottomColor);
	expect(await line("Graph")).not.toBe(await line("Timeline"));
	const tab = (name: RegExp) =>
		page.getByRole("tab", { name }).evaluate((one) => getComputedStyle(one).borderBottomColor);
	expect(await tab(/^Attempts/)).not.toBe(await tab(/^Input/));
	await expect(instance.button("Picture")).toHaveCSS("outline-style", "solid");
	await expect(instance.button("Outline")).not.toHaveCSS("outline-style", "solid");
	await expect(page.locator(".rail-item[aria-current=page]")).toHaveCSS("outline-style", "solid");
	// Completed and pending differ in shape, failed in width: colours are gone.
	await expect(instance.card("tell_customer")).toHaveCSS("border-top-style", "dashed");
	await expect(instance.card("look_up")).toHaveCSS("border-top-style", "solid");
	await expect(instance.card("pay_back")).toHaveCSS("border-top-width", "2px");
});

test("nothing moves for those who want no motion", async ({ page }) => {
	for (const path of ["/instances/every-kind?view=graph&node=last", "/instances/fork-200?view=timeline", "/"]) {
		await page.goto(path);
		await expect(page.locator("h1")).toBeVisible();
		await expect(page.locator(".animate-pulse")).toHaveCount(0);
		expect(await page.evaluate(() => document.getAnimations().length), path).toBe(0);
	}
});

test("at 320 px no view of a large instance sticks out sideways", async ({ page }) => {
	await page.setViewportSize({ width: 320, height: 800 });
	for (const view of ["graph", "timeline", "history", "io", "attempts", "audit"]) {
		await page.goto(`/instances/fork-200?view=${view}`);
		await expect(page.getByTestId("instance-status")).toBeVisible();
		expect(await sticksOut(page), view).toBeLessThanOrEqual(0);
	}
	await page.goto("/instances/hostile");
	await expect(page.getByTestId("instance-status")).toBeVisible();
	expect(await sticksOut(page), "a label of 180 letters").toBeLessThanOrEqual(0);
});

test("the list does not stick out of a screen that is narrower than its columns", async ({ page }) => {
	await page.setViewportSize({ width: 768, height: 900 });
	await page.goto("/instances");
	await expect(page.locator('[data-instance-id="hostile"]')).toBeVisible();
	expect(await sticksOut(page)).toBeLessThanOrEqual(0);
});

test("only the rows in view are in the document, on a wide screen and on a narrow one", async ({ page }) => {
	for (const width of [1440, 390]) {
		await page.setViewportSize({ width, height: 900 });
		for (const view of ["graph&as=outline", "timeline"]) {
			await page.goto(`/instances/fork-200?view=${view}`);
			await expect(page.getByRole("row", { name: /^segment/ })).toBeVisible();
			expect(await page.getByRole("row").count(), `${view} at ${width} px`).toBeLessThan(80);
		}
	}
});

test("text may be spaced out as WCAG 1.4.12 has it without being cut in header, tabs and outline", async ({ page }) => {
	await page.goto("/instances/failed-5-attempts?view=graph&as=outline");
	await expect(page.getByRole("row", { name: /^pay_back/ })).toBeVisible();
	// The page's own rules refuse a style element; whoever sets these has them from the browser.
	await page.evaluate(() => {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync("*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}");
		document.adoptedStyleSheets.push(sheet);
	});
	const cut = await page
		.locator("header, [role=treegrid], nav[aria-label=Views]")
		.locator("h1, p, a, button, [role=gridcell]")
		.evaluateAll((parts) =>
			parts
				.filter((part) => part.scrollHeight > part.clientHeight + 1 && getComputedStyle(part).overflowY !== "visible")
				.map((part) => part.textContent),
		);
	expect(cut).toEqual([]);
	expect(await sticksOut(page)).toBeLessThanOrEqual(0);
});

test("header, outline and dialog are what their roles and names say", async ({ page }) => {
	await page.goto("/instances/failed-5-attempts?view=graph&as=outline");
	await expect(page.getByRole("region", { name: "Failure" })).toMatchAriaSnapshot(`
    - region "Failure":
      - paragraph:
        - strong: RangeError
        - text: /in pay_back · after 5 attempts/
        - time
      - paragraph: /The carrier answered 503 for attempt 5/
      - button "Jump to failure"
  `);
	await expect(page.getByRole("treegrid", { name: "Nodes of the plan" })).toMatchAriaSnapshot(`
    - treegrid "Nodes of the plan":
      - row /Node State Attempt Duration/:
        - columnheader "Node"
        - columnheader "State"
        - columnheader "Attempt"
        - columnheader "Duration"
      - rowgroup:
        - row /look_up task Completed/
        - row /pay_back task Failed/
        - row /tell_customer task Not reached/
  `);
	await page.goto("/instances/every-kind?view=graph&as=outline");
	await page.getByRole("button", { name: "Cancel", exact: true }).click();
	await expect(page.getByRole("dialog")).toMatchAriaSnapshot(`
    - dialog /Cancel every-kind/:
      - heading /Cancel every-kind/ [level=2]
      - button "Keep running"
      - button "Cancel instance"
  `);
});
