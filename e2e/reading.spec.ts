import type { Page } from "@playwright/test";
import { InstancePage } from "./instance-page.ts";
import { expect, test } from "./stand/test.ts";

async function chooses(page: Page, words: string): Promise<void> {
	await page.goto("/settings");
	await page.getByRole("group", { name: "Tell screen readers of changes" }).getByRole("radio", { name: words }).check();
}

test("a screen reader is told of progress and status, of status alone, or of nothing, as the person chose", async ({
	page,
	stand,
	newId,
}) => {
	const heard = page.getByRole("log", { name: "Changes" });
	const instance = new InstancePage(page);
	const told = async (words: string) => {
		await chooses(page, words);
		await page.reload();
		await expect(page.getByRole("radio", { name: words, exact: true })).toBeChecked();
		const id = newId("told");
		await stand.engine.client.start("tour", id, {});
		await instance.open(id);
		await instance.nodeIs("load", "running");
		// The sentence of what happened before this is over; the next one waits for what comes.
		for (const path of ["load", "work/left/paint", "work/right/dry"]) stand.engine.openGate(id, path);
		await instance.nodeIs("approval", "awaiting_signal");
	};
	await told("All");
	await expect(heard).toContainText(/completed\./);
	await told("Only status and failures");
	await expect(heard).toHaveText("Now awaiting signal.");
	await told("None");
	await expect(page.getByTestId("instance-status")).toContainText("Awaiting signal");
	await expect(heard).toBeEmpty();
});

test("what differs between a node's input and its output is listed by its path", async ({ page, stand, newId }) => {
	const id = newId("differs");
	await stand.engine.client.start("tour", id, { box: 1 });
	for (const path of ["load", "work/left/paint", "work/right/dry"]) stand.engine.openGate(id, path);
	await stand.engine.client.sendSignal(id, "manager_approval", { approved: true, by: "mira" });
	await stand.engine.client.result(id, { timeout: "20s" });
	await page.goto(`/instances/${id}?node=deliver&tab=output`);
	await page.getByRole("checkbox", { name: "Only what differs from the input" }).check();
	const list = page.getByRole("region", { name: "Differences" });
	await expect(list.getByRole("listitem")).toHaveText([
		/Removed approved.*true/,
		/Removed by.*"mira"/,
		/Added delivered.*\{"approved": true, "by": "mira"\}/,
	]);
	await page.goto(`/instances/${id}?node=load&tab=output`);
	await page.getByRole("checkbox", { name: "Only what differs from the input" }).check();
	await expect(page.getByText("The output is the same as the input.")).toBeVisible();
	await page.goto(`/instances/${id}?view=io`);
	await page.getByRole("button", { name: "Compare" }).click();
	await expect(list).toContainText("2 differences");
});
