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
		- dialog "Send signal":
		  - heading "Send signal" [level=2]
		  - paragraph: Nothing waits for a signal now. It is stored, and the next wait of that name takes it.
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
		  - checkbox "Now" [checked]
		  - checkbox "Progress" [checked]
		  - checkbox "Started" [checked]
		  - checkbox "Duration" [checked]
		  - button "Move Duration up"
		  - button "Move Duration down"
		  - checkbox "Labels"
		  - checkbox "Updated"
	`);
});
