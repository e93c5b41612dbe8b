import { expect, test } from "./stand/gallery-test.ts";

test.use({ scenarios: ["hostile", "delay-3-days"] });

for (const width of [1440, 1024, 360]) {
	test(`a step that failed at the very end of the line is seen on it, ${width} px wide`, async ({ page }) => {
		await page.setViewportSize({ width, height: 800 });
		await page.goto("/instances/hostile?view=timeline");
		const bar = page.locator('[data-timeline-key="explode"] [data-segment="failed"]');
		const tick = page.locator('[data-strip] [data-look="failed"]');
		await expect(bar).toBeAttached();
		for (const [mark, line] of [
			[bar, bar.locator("xpath=..")],
			[tick, page.locator("[data-strip]")],
		] as const) {
			const seen = await mark.boundingBox();
			const around = await line.boundingBox();
			expect(seen?.width).toBeGreaterThanOrEqual(3);
			expect((seen?.x ?? 0) + (seen?.width ?? 0)).toBeLessThanOrEqual((around?.x ?? 0) + (around?.width ?? 0) + 0.5);
		}
	});

	test(`behind a fold the axis says no time twice and cuts none off, ${width} px wide`, async ({ page }) => {
		await page.setViewportSize({ width, height: 800 });
		await page.goto("/instances/delay-3-days?view=timeline");
		const axis = page.locator("[data-axis]");
		await expect(axis.getByText(/^2h \d\dm/)).toBeVisible();
		const texts = (await axis.locator("[data-tick]").allTextContents()).filter((text) => text !== "");
		expect(new Set(texts).size).toBe(texts.length);
		expect(texts[0]).toBe("0");
		const cut = await axis.locator("[data-tick]").evaluateAll(
			(ticks) =>
				ticks.filter((tick) => {
					const line = tick.closest("[data-axis]")?.getBoundingClientRect();
					return tick.textContent !== "" && tick.getBoundingClientRect().right > (line?.right ?? 0) + 1;
				}).length,
		);
		expect(cut).toBe(0);
	});
}
