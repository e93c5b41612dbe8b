import { InstancePage } from "./instance-page.ts";
import { expect, test } from "./stand/test.ts";

/** The branches of `consents` wait in this order, from the commit on that started it. */
const [FIRST, SECOND, THIRD] = ["send/cy/answer", "send/ada/answer", "send/bo/answer"] as const;

test("the inbox takes the waits of one name together, and says which of them takes a signal before and after it", async ({
	page,
	stand,
	newId,
}) => {
	const id = newId("consents");
	await stand.engine.client.start("consents", id, {});
	await page.goto("/signals?signal=consent");
	const row = page.locator(`[data-wait="${id}"]`);
	await expect(row).toHaveCount(1);
	await expect(row.getByRole("link", { name: /^send\// })).toHaveText([FIRST, SECOND, THIRD]);

	await row.getByRole("button", { name: `Send consent to ${id}` }).click();
	const dialog = page.getByRole("dialog", { name: `Send consent to ${id}` });
	await expect(dialog).toContainText(`Will be taken by ${FIRST} (waits longest). 2 more wait for this name.`);
	// Somebody else sends one while this one is being written.
	const { reservedFor } = await stand.engine.client.sendSignal(id, "consent", { given: "elsewhere" });
	expect(reservedFor).toBe(FIRST);
	await expect(dialog).toContainText(`Will be taken by ${SECOND} (waits longest). 1 more waits for this name.`);
	await dialog.getByRole("button", { name: "Send signal", exact: true }).click();
	await expect(page.getByText(`"consent" taken by ${SECOND}`)).toBeVisible();
	await expect(page.getByText(`In ${id}`, { exact: true })).toBeVisible();
	await expect(row.getByRole("link", { name: /^send\// })).toHaveText([THIRD]);
});

test("the instance's page names who takes a signal, and tells who took it", async ({ page, stand, newId }) => {
	const id = newId("consents");
	await stand.engine.client.start("consents", id, {});
	const instance = new InstancePage(page);
	await instance.open(id);
	await instance.button("Send signal").click();
	const dialog = page.getByRole("dialog", { name: `Send consent to ${id}` });
	await expect(dialog).toContainText(`Will be taken by ${FIRST} (waits longest). 2 more wait for this name.`);
	await dialog.getByLabel("Name").fill("nobodys");
	await expect(page.getByRole("dialog", { name: `Send nobodys to ${id}` })).toContainText(
		'Nothing waits for "nobodys" now. It is stored, and the next wait of that name takes it.',
	);
	await page.getByRole("dialog").getByLabel("Name").fill("consent");
	await dialog.getByRole("button", { name: "Send signal", exact: true }).click();
	await expect(dialog).toHaveCount(0);
	await expect(page.getByText(`"consent" taken by ${FIRST}`)).toBeVisible();
	await instance.nodeIs(FIRST, "completed");
	await instance.nodeIs(THIRD, "awaiting_signal");
	await page.getByRole("link", { name: "Open", exact: true }).click();
	await expect(page).toHaveURL(/node=send(%2F|\/)cy(%2F|\/)answer/);
});
