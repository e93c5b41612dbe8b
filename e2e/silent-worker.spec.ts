import { InstancePage } from "./instance-page.ts";
import { expect, test } from "./stand/test.ts";

test("a task whose worker was killed is no longer called running anywhere on its page, until another has taken it", async ({
	page,
	stand,
	newId,
}) => {
	const id = newId("silent");
	const instance = new InstancePage(page);
	await stand.engine.client.start("lanes", id, {});
	await expect.poll(() => stand.engine.running(id)).toHaveLength(3);
	stand.engine.openGate(id, "lanes/a/held");
	await instance.open(id);
	await instance.nodeIs("lanes/b/held", "running");
	await expect(page.locator("[data-service]")).toHaveCount(0);
	await instance.card("lanes/b/held").click();
	await expect(instance.inspector).toContainText("Attempt 1 of 1 runs now.");

	await stand.engine.killWorker(id);
	await instance.nodeIs("lanes/b/held", "worker_silent");
	await expect(instance.card("lanes/b/held")).toContainText("Worker silent");
	const banner = page.locator("[data-service]");
	await expect(banner).toContainText(
		/Worker silent\. e2e-worker \(.+, pid \d+\) last reported .+, and its lease has ended\./,
	);
	await expect(banner).toContainText("No other worker is alive to take this over: start one.");
	await expect(instance.status).toContainText("2 with a silent worker");
	await expect(instance.status).not.toContainText("2 running");
	await expect(instance.inspector).toContainText("whether it still runs nobody knows");
	await expect(instance.inspector).not.toContainText("runs now");

	await test.step("and how long it ran stands still", async () => {
		const time = instance.inspector.locator("dd").filter({ hasText: "at least" });
		const before = await time.textContent();
		const header = page.getByTestId("instance-elapsed");
		const shown = await header.textContent();
		await expect(header).not.toHaveText(shown ?? "");
		await expect(time).toHaveText(before ?? "");
	});

	await test.step("the list and the overview say it in the same words", async () => {
		const other = await page.context().newPage();
		await other.goto(`/instances?id=${id}`);
		const row = other.locator(`[data-instance-id="${id}"]`);
		await expect(row).toContainText("Worker silent");
		await expect(row).toContainText("held lost its worker");
		await other.goto("/");
		// The oldest come first, and what other tests have left is older: all of it ran on that worker.
		const stuck = other.getByRole("listitem").filter({ hasText: "Worker e2e-worker fell silent while it ran" }).first();
		await expect(stuck).toContainText("No other worker is alive to take this over: start one.");
		const doctor = other.getByRole("region", { name: "Doctor" });
		await expect(doctor).toContainText(/Worker e2e-worker fell silent .* with \d+ nodes?\. No worker is alive to take/);
		await doctor.getByRole("link", { name: "e2e-worker" }).first().click();
		await expect(other.locator("[data-worker][aria-current]")).toContainText("Silent");
		await expect(other.getByRole("region", { name: "Doctor" })).toContainText(
			"No worker is alive: whatever is due waits.",
		);
		await other.close();
	});

	await test.step("which its own page says too, and its attempts", async () => {
		await instance.inspector.getByRole("link", { name: "Open as a page" }).click();
		await expect(page).toHaveURL(/nodes/);
		await expect(instance.inspector).toContainText("Its worker fell silent during attempt 1");
		await instance.inspector.getByRole("tab", { name: /Attempts/ }).click();
		await expect(page.locator("[data-attempt='1']")).toContainText("Worker silent");
		await page.goBack();
	});

	await stand.engine.startWorker();
	await instance.nodeIs("lanes/b/held", "running");
	await expect(banner).toHaveCount(0);
	await expect(instance.status).toContainText("running");
	for (const lane of ["b", "c"]) stand.engine.openGate(id, `lanes/${lane}/held`);
	await expect(instance.status).toContainText("Completed");
});

test("a task of a paused instance that lost its worker waits for the unpause, and the page says so", async ({
	page,
	stand,
	newId,
}) => {
	const id = newId("silent-paused");
	const instance = new InstancePage(page);
	await stand.engine.client.start("stubborn", id, {});
	await expect.poll(() => stand.engine.running(id)).toEqual(["charge_card"]);
	await stand.engine.client.pause(id, { by: "mira" });
	await stand.engine.killWorker(id);
	await instance.open(id);
	await expect(instance.status).toContainText("Paused");
	await instance.nodeIs("charge_card", "worker_silent");
	await expect(page.locator("[data-service]")).toContainText("Nobody takes this over while the instance is paused");
	await test.step("which the list and the doctor know as well", async () => {
		const other = await page.context().newPage();
		await other.goto(`/instances?id=${id}`);
		const row = other.locator(`[data-instance-id="${id}"]`);
		await expect(row).toContainText("Paused");
		await expect(row).toContainText("charge_card lost its worker");
		await other.goto("/workers");
		await expect(other.getByRole("region", { name: "Doctor" })).toContainText("paused");
		await other.close();
	});
	await stand.engine.startWorker();
	await expect(page.locator("[data-service]")).toContainText("Nobody takes this over while the instance is paused");
	await instance.button("Unpause").click();
	await instance.nodeIs("charge_card", "running");
	await expect(page.locator("[data-service]")).toHaveCount(0);
	stand.engine.openGate(id, "charge_card");
	stand.engine.openGate(id, "report");
	await expect(instance.status).toContainText("Completed");
});
