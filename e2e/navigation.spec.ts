import { InstancePage } from "./instance-page.ts";
import { expect, test } from "./stand/test.ts";

test("what is selected survives a reload, and Back takes it away again", async ({ page, stand, newId }) => {
	const id = newId("back");
	await stand.engine.client.start("tour", id, { crate: 3 });
	await page.goto("/instances");
	await page.getByRole("link", { name: id }).click();
	const instance = new InstancePage(page);
	await instance.graphIsReady();
	await instance.nodeIs("load", "running");

	await instance.card("load").click();
	await expect(instance.inspector).toHaveAttribute("data-inspector", "load");
	await expect(page).toHaveURL(/node=load/);

	await page.reload();
	await instance.graphIsReady();
	await expect(instance.inspector).toHaveAttribute("data-inspector", "load");

	await page.goBack();
	await expect(instance.inspector).toHaveCount(0);
	await page.goBack();
	await expect(page).toHaveURL(/\/instances(\?|$)/);
	await expect(page.locator(`[data-instance-id="${id}"]`)).toBeVisible();
});

test("filters stand in the address of the list", async ({ page, stand, newId }) => {
	const tour = newId("filter-tour");
	const hopeless = newId("filter-hopeless");
	await stand.engine.client.start("tour", tour, {});
	await stand.engine.client.start("hopeless", hopeless, {});
	await stand.engine.client.result(hopeless, { timeout: "20s" });
	await page.goto("/instances?status=failed");
	await expect(page.locator(`[data-instance-id="${hopeless}"]`)).toBeVisible();
	await expect(page.locator(`[data-instance-id="${tour}"]`)).toHaveCount(0);
	await page.goto("/instances?workflow=tour");
	await expect(page.locator(`[data-instance-id="${tour}"]`)).toBeVisible();
	await expect(page.locator(`[data-instance-id="${hopeless}"]`)).toHaveCount(0);
});
