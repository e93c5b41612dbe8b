import { InstancePage } from "./instance-page.ts";
import { violationsOf } from "./stand/axe.ts";
import { expect, test } from "./stand/test.ts";

for (const colorScheme of ["light", "dark"] as const) {
	test.describe(`in the ${colorScheme} theme`, () => {
		test.use({ colorScheme });

		test("axe finds nothing on the list", async ({ page, stand, newId }) => {
			const id = newId("axe-list");
			await stand.engine.client.start("tour", id, {});
			await page.goto("/instances");
			await expect(page.locator(`[data-instance-id="${id}"]`)).toBeVisible();
			expect(await violationsOf(page)).toEqual([]);
		});

		test("axe finds nothing on the page of an instance", async ({ page, stand, newId }) => {
			const id = newId("axe-page");
			await stand.engine.client.start("hopeless", id, {});
			await stand.engine.client.result(id, { timeout: "20s" });
			const instance = new InstancePage(page);
			await instance.open(id);
			await instance.card("call").click();
			await expect(instance.inspector).toBeVisible();
			expect(await violationsOf(page)).toEqual([]);
		});

		test("a message that is longer than its place is scrolled by keyboard, and axe finds nothing on it", async ({
			page,
			stand,
			newId,
		}) => {
			const id = newId("axe-wordy");
			await stand.engine.client.start("wordy", id, {});
			await stand.engine.client.result(id, { timeout: "20s" });
			await page.goto(`/instances/${id}?node=explain`);
			const message = page.getByRole("region", { name: "Message of TypeError" });
			await expect(message).toContainText("reason 80");
			expect(await violationsOf(page)).toEqual([]);
			await message.focus();
			await page.keyboard.press("End");
			await expect.poll(() => message.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(0);
			// A short one is no stop on the way of the keyboard.
			const short = newId("axe-short");
			await stand.engine.client.start("hopeless", short, {});
			await stand.engine.client.result(short, { timeout: "20s" });
			await page.goto(`/instances/${short}?node=call`);
			await expect(page.locator("[data-inspector]")).toContainText("refused for the third time");
			await expect(page.getByRole("region", { name: /^Message of/ })).toHaveCount(0);
		});

		test("axe finds nothing on what is missing or empty, nor in an open menu", async ({ page, stand, newId }) => {
			// What is open lies over the page, and axe takes what it covers for targets that are too small.
			const clean = async (what: string, part = "body") => expect(await violationsOf(page, part), what).toEqual([]);
			for (const path of ["/no/such", "/instances/nobody", "/workflows/nothing", "/instances?id=matches-nothing"]) {
				await page.goto(path);
				await expect(page.locator("h1")).toBeVisible();
				await clean(path);
			}
			const id = newId("axe-menu");
			await stand.engine.client.start("tour", id, {});
			const instance = new InstancePage(page);
			await instance.open(id);
			await page.keyboard.press(".");
			await expect(page.getByRole("menu")).toBeVisible();
			await clean("menu", "[role=menu]");
			await page.keyboard.press("Escape");
			await instance.button("Legend and filter").click();
			await expect(page.getByRole("dialog", { name: "What the marks mean" })).toBeVisible();
			await clean("legend", "[role=dialog]");
		});

		test("axe finds nothing in the cancel dialog", async ({ page, stand, newId }) => {
			const id = newId("axe-dialog");
			await stand.engine.client.start("tour", id, {});
			const instance = new InstancePage(page);
			await instance.open(id);
			await instance.button("Cancel").click();
			await expect(page.getByRole("dialog")).toBeVisible();
			expect(await violationsOf(page)).toEqual([]);
		});
	});
}
