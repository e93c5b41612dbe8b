import type { Page } from "@playwright/test";
import { InstancePage } from "./instance-page.ts";
import { test as base, expect } from "./stand/test.ts";

/** The browser itself writes to its console when it has no network. */
const test = base.extend({ quietConsole: undefined });

test("an action that the server does not hear of says so, changes nothing, and can be tried again", async ({
	page,
	context,
	stand,
	newId,
}) => {
	const id = newId("unheard");
	await stand.engine.client.start("tour", id, {});
	const instance = new InstancePage(page);
	const hasView = toastViewCame(page);
	await instance.open(id);
	await instance.nodeIs("load", "running");
	await expect.poll(hasView, "what shows news comes before it is needed").toBe(true);
	await context.setOffline(true);
	await instance.button("Pause").click();
	const told = page.getByRole("alert").filter({ hasText: "Pausing did not work" });
	await expect(told).toContainText("The dashboard's server does not answer.");
	await expect(page.getByText("Pausing…")).toHaveCount(0);
	expect((await stand.engine.client.get(id)).instance.control).toBe("none");

	await context.setOffline(false);
	await page.getByText("Try again", { exact: true }).click();
	await expect(page.getByText("Pausing…").first()).toBeVisible();
	await expect.poll(async () => (await stand.engine.client.get(id)).instance.control).toBe("pausing");
});

test("a list that gets no answer keeps its rows, says as of when they are, and goes on", async ({
	page,
	context,
	stand,
	newId,
}) => {
	const id = newId("unheard-list");
	await stand.engine.client.start("tour", id, {});
	await page.goto(`/instances?id=${id}`);
	const row = page.locator(`[data-instance-id="${id}"]`);
	await expect(row).toContainText("Running");
	await context.setOffline(true);
	await stand.engine.client.cancel(id, { by: "test" });
	await expect(page.getByText(/^No answer, as of \d\d:\d\d:\d\d/)).toBeVisible();
	await expect(row).toContainText("Running");
	await context.setOffline(false);
	await expect(row).toContainText("Cancelled");
	await expect(page.getByRole("status").getByText("Live", { exact: true })).toBeVisible();
});

test("a page that never got its answer says what happened, copies the details, and comes when it is asked again", async ({
	page,
	context,
	stand,
	newId,
}) => {
	await stand.engine.client.start("tour", newId("unheard-page"), {});
	await context.grantPermissions(["clipboard-read", "clipboard-write"]);
	let broken = true;
	const body = { error: { code: "Internal", message: "It could not be read. Try again.", reference: "1f2e3d4c" } };
	await page.route("**/api/instances?workflow=tour*", (route) =>
		broken ? route.fulfill({ status: 500, json: body }) : route.continue(),
	);
	await page.goto("/workflows/tour");
	await expect(page.getByRole("heading", { name: "The newest instances could not be loaded" })).toBeVisible();
	await expect(page.getByRole("alert").filter({ hasText: "It could not be read." })).toBeVisible();
	await expect(page.getByText("Reference 1f2e3d4c")).toBeVisible();
	// The rest of the page stands.
	await expect(page.getByRole("table", { name: "Versions" })).toBeVisible();
	await page.getByRole("button", { name: "Copy details" }).click();
	await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain("500 Internal\nReference");
	broken = false;
	await page.getByRole("button", { name: "Retry", exact: true }).click();
	await expect(page.getByRole("table", { name: "Newest instances" }).getByRole("row").nth(1)).toBeVisible();
});

/** Whether the script that draws toasts has been fetched. */
function toastViewCame(page: Page): () => boolean {
	let came = false;
	page.on("response", async (response) => {
		if (!response.url().endsWith(".js")) return;
		const script = await response.text().catch(() => "");
		if (script.includes("min(360px,calc(100vw-32px))")) came = true;
	});
	return () => came;
}
