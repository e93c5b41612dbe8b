import { InstancePage } from "./instance-page.ts";
import { expect, test } from "./stand/test.ts";

/** What a screen reader is told, in that order. */

test("the dialogs of an instance are spoken whole, and give the focus back", async ({ page, stand, newId }) => {
	const id = newId("spoken");
	await stand.engine.client.start("tour", id, {});
	const instance = new InstancePage(page);
	await instance.open(id);
	await instance.nodeIs("load", "running");
	const dialog = page.getByRole("dialog");

	await instance.button("Cancel").click();
	await expect(dialog).toMatchAriaSnapshot(`
		- dialog "Cancel tour ${id}?":
		  - heading "Cancel tour ${id}?" [level=2]
		  - paragraph: Running tasks are told to stop and their results are not used. What they already did is not undone.
		  - paragraph: Running now
		  - list:
		    - listitem: /load \\d+ s/
		  - text: Reason
		  - textbox "Reason"
		  - paragraph: Optional. Kept in the audit, with your name.
		  - button "Keep running"
		  - button "Cancel instance"
	`);
	await expect(dialog.getByRole("button", { name: "Keep running" })).toBeFocused();
	await page.keyboard.press("Escape");
	await expect(dialog).toHaveCount(0);
	await expect(instance.button("Cancel")).toBeFocused();

	await instance.button("Send signal").click();
	await expect(dialog).toMatchAriaSnapshot(`
		- dialog "Send manager_approval to ${id}":
		  - heading "Send manager_approval to ${id}" [level=2]
		  - paragraph: Nothing waits for "manager_approval" now. It is stored, and the next wait of that name takes it.
		  - text: Name
		  - combobox "Name": manager_approval
		  - text: Payload
		  - textbox "Payload"
		  - paragraph: JSON. Empty sends null.
		  - button "Close"
		  - button "Send and keep open"
		  - button "Send signal"
	`);
	await page.keyboard.press("Escape");
	await expect(instance.button("Send signal")).toBeFocused();
	expect((await stand.engine.client.get(id)).instance.control).toBe("none");
});

test("what is done to many is spoken with its number, and the columns with their order", async ({
	page,
	stand,
	newId,
}) => {
	const id = newId("spoken");
	await stand.engine.client.start("tour", id, {});
	await page.goto(`/instances?id=${id}`);
	await page.getByRole("checkbox", { name: `Select ${id}` }).check();
	const bar = page.getByRole("region", { name: "Selected instances" });
	await expect(bar).toMatchAriaSnapshot(`
		- region "Selected instances":
		  - status: 1 instance selected
		  - button "Pause…"
		  - button "Unpause…"
		  - button "Retry…"
		  - button "Cancel…"
		  - button "Deselect"
	`);
	await bar.getByRole("button", { name: "Cancel…" }).click();
	const dialog = page.getByRole("dialog", { name: "Cancel 1 instance?" });
	await expect(dialog).toMatchAriaSnapshot(`
		- dialog "Cancel 1 instance?":
		  - heading "Cancel 1 instance?" [level=2]
		  - textbox "Reason"
		  - button "Leave them as they are"
		  - button "Cancel 1 instance"
	`);
	await page.keyboard.press("Escape");
	await bar.getByRole("button", { name: "Deselect" }).click();
	await page.getByRole("button", { name: "Columns and density" }).click();
	await expect(page.getByRole("group", { name: "Columns" })).toMatchAriaSnapshot(`
		- group "Columns":
		  - checkbox "Workflow" [checked]
		  - button "Move Workflow up"
		  - button "Move Workflow down"
		  - checkbox "Now, or why it failed" [checked]
		  - checkbox "Progress" [checked]
		  - checkbox "Started" [checked]
		  - checkbox "Duration" [checked]
		  - button "Move Duration up"
		  - button "Move Duration down"
		  - checkbox "Labels"
		  - checkbox "Updated"
	`);
});

test("Ctrl+Enter confirms every dialog from where the focus is, and nothing that is not ready", async ({
	page,
	stand,
	newId,
}) => {
	const { client, backend } = stand.engine;
	const id = newId("confirm");
	await client.start("tour", id, {});
	const instance = new InstancePage(page);
	await instance.open(id);
	await instance.nodeIs("load", "running");
	// What was done is told in a toast, which is a dialog of its own.
	const signal = page.getByRole("dialog", { name: `Send manager_approval to ${id}` });
	const pause = page.getByRole("dialog", { name: "Pause this instance?" });
	const cancel = page.getByRole("dialog", { name: `Cancel tour ${id}?` });

	await page.keyboard.press("s");
	await expect(signal.getByLabel("Name")).toHaveValue("manager_approval");
	await signal.getByLabel("Payload").fill("{ not json");
	await page.keyboard.press("Control+Enter");
	await expect(signal.getByRole("button", { name: "Send signal" })).toHaveAttribute("aria-disabled", "true");
	await signal.getByLabel("Payload").fill('{ "approved": true }');
	await signal.getByRole("button", { name: "Close" }).focus();
	await page.keyboard.press("Control+Enter");
	await expect(signal).toHaveCount(0);
	const { runId } = (await client.get(id)).instance;
	const sent = async () => (await backend.getSnapshot(runId, 0))?.signals ?? [];
	expect(await sent()).toMatchObject([{ name: "manager_approval" }]);

	stand.engine.openGate(id, "load");
	await instance.nodeIs("work/left/paint", "running");
	await instance.nodeIs("work/right/dry", "running");
	await page.keyboard.press("p");
	await expect(pause).toContainText("2 running tasks finish");
	await page.keyboard.press("Control+Enter");
	await expect(instance.button("Unpause")).toBeVisible();
	await expect(pause).toHaveCount(0);

	await page.keyboard.press("c");
	await expect(cancel.getByRole("button", { name: "Keep running" })).toBeFocused();
	await page.keyboard.press("Control+Enter");
	await expect(cancel).toHaveCount(0);
	await expect(instance.status).toContainText("Cancelled");
});

test("Ctrl+Enter confirms what is done to many, once its number is known", async ({ page, stand, newId }) => {
	const id = newId("confirm-many");
	await stand.engine.client.start("tour", id, {});
	await page.goto(`/instances?id=${id}`);
	await page.getByRole("checkbox", { name: `Select ${id}` }).check();
	await page.getByRole("region", { name: "Selected instances" }).getByRole("button", { name: "Cancel…" }).click();
	await expect(page.getByRole("dialog", { name: "Cancel 1 instance?" })).toBeVisible();
	await expect(page.getByRole("button", { name: "Leave them as they are" })).toBeFocused();
	await page.keyboard.press("Control+Enter");
	await expect(page).toHaveURL(/\/bulk\/1-[0-9a-f]{16}$/);
	const { status } = (await stand.engine.client.result(id, { timeout: "20s" })) as { status: string };
	expect(status).toBe("cancelled");
});

test("a single key right after Escape is meant for the page, though the dialog still fades", async ({
	page,
	stand,
	newId,
}) => {
	const id = newId("fading");
	await stand.engine.client.start("tour", id, {});
	const instance = new InstancePage(page);
	await instance.open(id);
	await instance.nodeIs("load", "running");
	await page.keyboard.press("c");
	await expect(page.getByRole("button", { name: "Keep running" })).toBeFocused();
	// Both in one go of the page: whatever fades has no time to end in between.
	await page.evaluate(() => {
		const press = (key: string) =>
			document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
		press("Escape");
		return new Promise<void>((done) =>
			requestAnimationFrame(() => {
				press("3");
				done();
			}),
		);
	});
	await expect(page).toHaveURL(/view=history/);
});
