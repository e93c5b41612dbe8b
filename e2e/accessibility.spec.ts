import { AxeBuilder } from "@axe-core/playwright";
import { InstancePage } from "./instance-page.ts";
import { expect, test } from "./stand/test.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

for (const colorScheme of ["light", "dark"] as const) {
	test.describe(`in the ${colorScheme} theme`, () => {
		test.use({ colorScheme });

		test("axe finds nothing on the list", async ({ page, stand, newId }) => {
			const id = newId("axe-list");
			await stand.engine.client.start("tour", id, {});
			await page.goto("/instances");
			await expect(page.locator(`[data-instance-id="${id}"]`)).toBeVisible();
			expect((await new AxeBuilder({ page }).withTags(TAGS).analyze()).violations).toEqual([]);
		});

		test("axe finds nothing on the page of an instance", async ({ page, stand, newId }) => {
			const id = newId("axe-page");
			await stand.engine.client.start("hopeless", id, {});
			await stand.engine.client.result(id, { timeout: "20s" });
			const instance = new InstancePage(page);
			await instance.open(id);
			await instance.card("call").click();
			await expect(instance.inspector).toBeVisible();
			expect((await new AxeBuilder({ page }).withTags(TAGS).analyze()).violations).toEqual([]);
		});

		test("axe finds nothing in the cancel dialog", async ({ page, stand, newId }) => {
			const id = newId("axe-dialog");
			await stand.engine.client.start("tour", id, {});
			const instance = new InstancePage(page);
			await instance.open(id);
			await instance.button("Cancel").click();
			await expect(page.getByRole("dialog")).toBeVisible();
			expect((await new AxeBuilder({ page }).withTags(TAGS).analyze()).violations).toEqual([]);
		});
	});
}
