import { InstancePage } from "./instance-page.ts";
import { expect, test } from "./stand/test.ts";

test("pause stops at the next task boundary, says what it waits for, and unpause goes on", async ({
	page,
	stand,
	newId,
}) => {
	const id = newId("pause");
	await stand.engine.client.start("tour", id, {});
	const instance = new InstancePage(page);
	await instance.open(id);
	await instance.nodeIs("load", "running");

	await instance.button("Pause").click();
	const banner = page.getByRole("status").filter({ hasText: "Waiting for" });
	await expect(banner).toContainText("Pausing…");
	await expect(banner).toContainText("local operator");
	await expect(banner.getByRole("button", { name: "load" })).toBeVisible();
	await expect(instance.button("Unpause")).toBeVisible();

	stand.engine.openGate(id, "load");
	await expect(instance.status).toContainText("Paused");
	await instance.nodeIs("load", "completed");
	await instance.nodeIs("work/left/paint", "ready");
	expect(await stand.engine.running(id)).toEqual([]);

	await instance.button("Unpause").click();
	await instance.nodeIs("work/left/paint", "running");
	await expect(instance.status).toContainText("Running");
});

test("cancel asks for a reason, and the page says who cancelled and why", async ({ page, stand, newId }) => {
	const id = newId("cancel");
	await stand.engine.client.start("tour", id, {});
	const instance = new InstancePage(page);
	await instance.open(id);
	await instance.nodeIs("load", "running");

	await instance.button("Cancel").click();
	const dialog = page.getByRole("dialog");
	await expect(dialog).toContainText("What they already did is not undone.");
	await expect(dialog.getByRole("button", { name: "Keep running" })).toBeFocused();
	await dialog.getByLabel("Reason").fill("wrong crate <img src=x onerror=alert(1)>");
	await dialog.getByRole("button", { name: "Cancel instance" }).click();

	await expect(instance.status).toContainText("Cancelled");
	const banner = page.getByRole("status").filter({ hasText: "wrong crate" });
	await expect(banner).toContainText("by local operator");
	await expect(banner).toContainText("wrong crate <img src=x onerror=alert(1)>");
	await page
		.getByRole("navigation", { name: "Views" })
		.getByRole("link", { name: /^Audit/ })
		.click();
	await expect(page.getByRole("row").filter({ hasText: "Cancel" }).filter({ hasText: "Accepted" })).toContainText(
		"local operator",
	);
	await expect(page.locator("img[src=x]")).toHaveCount(0);
});

test("a signal that is sent from the page lets the instance go on", async ({ page, stand, newId }) => {
	const id = newId("signal");
	const { engine } = stand;
	await engine.client.start("tour", id, {});
	for (const path of ["load", "work/left/paint", "work/right/dry", "deliver"]) engine.openGate(id, path);
	const instance = new InstancePage(page);
	await instance.open(id);
	await instance.nodeIs("approval", "awaiting_signal");

	await instance.button("Send signal").click();
	const dialog = page.getByRole("dialog");
	await expect(dialog.getByLabel("Name")).toHaveValue("manager_approval");
	await dialog.getByLabel("Payload").fill("{ not json");
	await expect(dialog.getByRole("button", { name: "Send signal" })).toHaveAttribute("aria-disabled", "true");
	await dialog.getByLabel("Payload").fill('{ "approved": true, "by": "Ada" }');
	await dialog.getByRole("button", { name: "Send signal" }).click();

	await instance.nodeIs("deliver", "completed");
	await expect(instance.status).toContainText("Completed");
	const result = await engine.client.result(id, { timeout: "5s" });
	expect(result).toMatchObject({ status: "completed", output: { delivered: { approved: true, by: "Ada" } } });
});
