import { InstancePage } from "./instance-page.ts";
import { expect, test } from "./stand/gallery-test.ts";

test.use({ scenarios: [["pending", "unknown-definition", "delay-3-days", "running"], { scope: "worker" }] });

test("a node that no live worker has the tag for says so, instead of waiting for a free slot", async ({ page }) => {
	const instance = new InstancePage(page);
	await page.goto("/instances/pending?node=render");
	await instance.graphIsReady();
	const banner = page.locator("[data-service=danger]");
	await expect(banner).toContainText("No live worker with this version of the code has the tag gpu.");
	await expect(banner).toContainText("render waits for one. Start one that has it.");
	await expect(banner).toContainText("The start is stored: do not start it again.");
	await expect(instance.inspector).toContainText("It can run, but: No live worker");
	await expect(instance.inspector).not.toContainText("free slot");
	await expect(page.getByText("waiting for a worker to begin")).toHaveCount(0);
	await banner.getByRole("link", { name: "All workers" }).click();
	await expect(page).toHaveURL(/\/workers$/);
});

test("that no worker has the code any more is said before the wait ends", async ({ page }) => {
	await page.goto("/instances/unknown-definition");
	const banner = page.locator("[data-service=amber]");
	await expect(banner).toContainText(/No live worker has this version of the code \([0-9a-f]{8}\)\./);
	await expect(banner).toContainText("Nothing is due yet; once it is, nobody takes it up.");
});

test("an instance that its workers can run has no such word", async ({ page }) => {
	for (const id of ["delay-3-days", "running"]) {
		const seen = page.waitForResponse((response) => response.url().endsWith(`/${id}/workers`));
		await page.goto(`/instances/${id}`);
		await seen;
		await new InstancePage(page).graphIsReady();
		await expect(page.locator("[data-service]")).toHaveCount(0);
	}
});

test("the overview sums up what nobody can run, and says of the instance which tag is missing", async ({ page }) => {
	await page.goto("/");
	const headline = page.getByRole("status").filter({ hasText: "No live worker can run" });
	await expect(headline).toContainText("No live worker can run 1 node of needs-a-gpu.");
	const doctor = page.getByRole("region", { name: "Doctor" });
	await expect(doctor).toContainText(/No live worker can run 1 node of needs-a-gpu .* for \d+/);
	await headline.getByRole("link").click();
	await expect(page).toHaveURL(/\/instances\/pending$/);
});
