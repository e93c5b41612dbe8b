import { InstancePage } from "./instance-page.ts";
import { expect, test } from "./stand/test.ts";

test("every attempt of a failed task can be read, with its own error", async ({ page, stand, newId }) => {
	const id = newId("failed");
	await stand.engine.client.start("hopeless", id, {});
	await stand.engine.client.result(id, { timeout: "20s" });
	const instance = new InstancePage(page);
	await instance.open(id);
	await expect(instance.status).toContainText("Failed");
	const failure = page.getByRole("region", { name: "Failure" });
	await expect(failure).toContainText("after 3 attempts");
	await failure.getByRole("button", { name: "Jump to failure" }).click();

	await instance.inspector.getByRole("tab", { name: /^Attempts/ }).click();
	for (const [attempt, word] of [
		[1, "first"],
		[2, "second"],
		[3, "third"],
	] as const) {
		const entry = instance.inspector.locator(`[data-attempt="${attempt}"]`);
		await expect(entry).toContainText(`Attempt ${attempt}`);
		await expect(entry).toContainText("RangeError");
		// As text: the markup in the message is shown, not obeyed.
		await expect(entry).toContainText(`refused for the ${word} time <b>&amp;</b>`);
	}
	await instance.inspector.locator('[data-attempt="3"]').getByRole("button", { name: "Stack", exact: true }).click();
	await expect(instance.inspector.locator('[data-attempt="3"] pre')).toContainText("workflows.mjs");
});

test("a failed instance that is retried from the page makes fresh attempts", async ({ page, stand, newId }) => {
	const id = newId("retried");
	await stand.engine.client.start("hopeless", id, {});
	const { instance: before } = await stand.engine.client.result(id, { timeout: "20s" });
	const instance = new InstancePage(page);
	await instance.open(id);
	await instance.button("Retry").click();
	await expect
		.poll(async () => {
			const snapshot = await stand.engine.backend.getSnapshot(before.runId, 0);
			return [snapshot?.instance.status, snapshot?.attempts.length];
		})
		.toEqual(["failed", 6]);
	await expect(page.getByRole("region", { name: "Failure" })).toContainText("after 3 attempts (6 with 1 retry)");
	await expect(page.locator("header").first()).toContainText("with 1 retry and what lay between");
	await page
		.getByRole("navigation", { name: "Views" })
		.getByRole("link", { name: /^Audit/ })
		.click();
	await expect(page.getByRole("row").filter({ hasText: "Retry" })).toContainText("Accepted");
});

test("an instance that goes on says on its own page what fails in it, why, and when it is tried again", async ({
	page,
	stand,
	newId,
}) => {
	const id = newId("troubled");
	await stand.engine.client.start("reluctant", id, {});
	const instance = new InstancePage(page);
	await instance.open(id);
	await instance.nodeIs("call", "retrying");
	await expect(instance.status).toHaveText("Retrying");
	const card = page.getByRole("region", { name: "Retrying", exact: true });
	await expect(card).toContainText(/call failed once · attempt 2 of 4 in 2:59:\d\d/);
	await expect(card).toContainText("Error: the line is busy");
	await card.getByRole("button", { name: "Open" }).click();
	await expect(instance.inspector).toContainText("Attempt 1 did not succeed");
	await expect(card.getByRole("button")).toHaveCount(0);
	await instance.button("Close the inspector").click();
	await card.getByRole("button", { name: "Retry now" }).click();
	await instance.nodeIs("call", "running");
	await expect(card).toHaveCount(0);
	stand.engine.openGate(id, "call");
	await expect(instance.status).toContainText("Completed");
});
