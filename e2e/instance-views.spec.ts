import { InstancePage } from "./instance-page.ts";
import { violationsOf } from "./stand/axe.ts";
import { expect, test } from "./stand/test.ts";

test("the timeline shows attempts and backoff as stretches, and grows with what runs", async ({
	page,
	stand,
	newId,
}) => {
	const id = newId("timeline");
	await stand.engine.client.start("tour", id, {});
	await page.goto(`/instances/${id}?view=timeline`);
	const row = (key: string) => page.locator(`[data-timeline-key="${key}"]`);
	const bar = row("load").locator("[data-segment=running]");
	await expect(bar).toBeVisible();
	const width = async () => (await bar.boundingBox())?.width ?? 0;
	const before = await width();
	await expect.poll(width).toBeGreaterThan(before + 5);
	stand.engine.openGate(id, "load");
	await expect(row("load").locator("[data-segment=succeeded]")).toBeVisible();
	await expect(row("work/left/paint").locator("[data-segment=running]")).toBeVisible();

	const failed = newId("timeline-failed");
	await stand.engine.client.start("hopeless", failed, {});
	await stand.engine.client.result(failed, { timeout: "20s" });
	await page.goto(`/instances/${failed}?view=timeline`);
	await expect(row("call").locator("[data-segment=failed]")).toHaveCount(3);
	await expect(row("call").locator("[data-segment=backoff]")).toHaveCount(2);
});

test("the timeline shows the attempts that are asked for, and the address says which", async ({
	page,
	stand,
	newId,
}) => {
	const id = newId("timeline-attempts");
	await stand.engine.client.start("hopeless", id, {});
	await stand.engine.client.result(id, { timeout: "20s" });
	await stand.post(`/api/instances/${id}/retry`, {});
	await stand.engine.client.result(id, { timeout: "20s" });
	await page.goto(`/instances/${id}?view=timeline`);
	const bars = (what: string) => page.locator(`[data-timeline-key="call"] [data-segment=${what}]`);
	await expect(bars("failed")).toHaveCount(6);
	const attempts = page.getByRole("combobox", { name: "Attempts" });
	await expect(attempts.getByRole("option")).toHaveText([
		...["All attempts", "Since the last retry", "The last of each node", "Attempt 1", "Attempt 2", "Attempt 3"],
	]);
	await attempts.selectOption("Since the last retry");
	await expect(page).toHaveURL(/attempts=run/);
	await expect(bars("failed")).toHaveCount(3);
	await expect(bars("backoff")).toHaveCount(2);
	await attempts.selectOption("Attempt 2");
	await expect(bars("failed")).toHaveCount(2);
	await expect(bars("backoff")).toHaveCount(0);
	await page.getByRole("link", { name: "Graph" }).click();
	await page.getByRole("link", { name: "Timeline" }).click();
	await expect(page).toHaveURL(/attempts=2/);
	await page.goto(`/instances/${id}?view=timeline&attempts=last`);
	await expect(bars("failed")).toHaveCount(1);
	// The line is that of what is shown: the one stretch begins where the line does, however short it was.
	const [bar, line] = [
		await bars("failed").boundingBox(),
		await page.locator('[data-timeline-key="call"] .timeline-bars').boundingBox(),
	];
	expect((bar?.x ?? 0) - (line?.x ?? 0)).toBeLessThan((line?.width ?? 0) * 0.1);
	await attempts.selectOption("All attempts");
	await expect(bars("failed")).toHaveCount(6);
	await expect(page).not.toHaveURL(/attempts=/);
});

test("the timeline can be walked, folded and opened by keyboard alone, and keeps its place", async ({
	page,
	stand,
	newId,
}) => {
	const id = newId("timeline-keys");
	await stand.engine.client.start("tour", id, {});
	await page.goto(`/instances/${id}?view=timeline`);
	const focused = page.locator("[data-timeline-key]:focus");
	// A key that is pressed before the page has woken is lost.
	await expect(async () => {
		await page.locator('[data-timeline-key="load"]').focus();
		await page.keyboard.press("ArrowDown");
		await expect(focused).toHaveAttribute("data-timeline-key", "work", { timeout: 500 });
	}).toPass();
	// Wherever the keys stood before: they go on from the row that has the focus.
	await page.keyboard.press("End");
	await expect(focused).not.toHaveAttribute("data-timeline-key", "work");
	await page.locator('[data-timeline-key="load"]').focus();
	await page.keyboard.press("ArrowDown");
	await expect(focused).toHaveAttribute("data-timeline-key", "work");
	await page.keyboard.press("ArrowLeft");
	await expect(page.locator('[data-timeline-key="work/left/paint"]')).toHaveCount(0);
	await page.keyboard.press("Home");
	await page.keyboard.press("Enter");
	await expect(page.locator('[data-inspector="load"]')).toBeVisible();
	await expect(page).toHaveURL(/view=timeline/);
	await page.keyboard.press("Escape");
	await expect(page.locator("[data-inspector]")).toHaveCount(0);
	// The page is told before the address is.
	await expect(page).not.toHaveURL(/node=/);
	await page.goBack();
	await expect(page.locator('[data-inspector="load"]')).toBeVisible();
});

test("attempts lead to the one they tell of, with its error beside the one before", async ({ page, stand, newId }) => {
	const id = newId("attempts");
	await stand.engine.client.start("hopeless", id, {});
	await stand.engine.client.result(id, { timeout: "20s" });
	await page.goto(`/instances/${id}?view=attempts`);
	await expect(page.getByRole("row")).toHaveCount(4);
	await page.getByRole("row").nth(1).getByRole("link", { name: "call" }).click();
	await expect(page).toHaveURL(/node=call.*attempt=3|attempt=3.*node=call/);
	const attempt = page.locator('[data-attempt="3"]');
	await attempt.getByRole("button", { name: "Difference to the error before" }).click();
	await expect(attempt).toContainText("−refused for the second time");
	await expect(attempt).toContainText("+refused for the third time");
	await attempt.getByRole("button", { name: "Stack", exact: true }).click();
	await expect(attempt.getByRole("button", { name: /frames? of Node and packages/ }).first()).toBeVisible();
});

test("a payload can be searched, looked at as a table and in full screen", async ({ page, stand, newId }) => {
	const id = newId("payload");
	const lines = Array.from({ length: 300 }, (_, at) => ({ sku: `s-${at}`, big: 2 ** 40 + at, note: "\u202eevil" }));
	await stand.engine.client.start("tour", id, lines);
	await page.goto(`/instances/${id}?view=io`);
	const input = page.getByRole("region", { name: "Input", exact: true }).last();
	await input.getByRole("button", { name: "Search in this value" }).click();
	await input.getByRole("searchbox").fill("s-29");
	await expect(input.getByRole("status").filter({ hasText: "of 11" })).toHaveText("1 of 11");
	await page.keyboard.press("Enter");
	await expect(input.getByRole("status").filter({ hasText: "of 11" })).toHaveText("2 of 11");
	await page.keyboard.press("Shift+Enter");
	await page.keyboard.press("Shift+Enter");
	await expect(input.getByRole("status").filter({ hasText: "of 11" })).toHaveText("11 of 11");
	await expect(input.getByRole("treeitem").filter({ hasText: "s-299" })).toBeVisible();
	await expect(input.getByRole("button", { name: "Copy path" }).first()).toBeVisible();
	await input.getByRole("button", { name: "Table" }).click();
	await expect(input.getByRole("columnheader", { name: "sku" })).toBeVisible();
	await expect(input.getByRole("cell", { name: "\\u202eevil" }).first()).toBeVisible();
	await input.getByRole("button", { name: "Full screen" }).click();
	await expect(page.getByRole("dialog", { name: "Input" })).toBeVisible();
	await page.keyboard.press("Escape");
	await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("the audit says when a pause took effect, not only that it was asked for", async ({ page, stand, newId }) => {
	const id = newId("effect");
	await stand.engine.client.start("tour", id, {});
	await expect.poll(() => stand.engine.running(id)).toEqual(["load"]);
	await stand.engine.client.pause(id, { by: "mira" });
	await page.goto(`/instances/${id}?view=audit`);
	const row = page.getByRole("row").filter({ hasText: "mira" });
	await expect(row).toContainText("Not yet");
	stand.engine.openGate(id, "load");
	await expect(row).toContainText(/At \d\d:\d\d:\d\d/);
});

test("the history tells the story of the instance: who did what to it, when that happened, and how it ended", async ({
	page,
	stand,
	newId,
}) => {
	const { client } = stand.engine;
	const id = newId("story");
	await client.start("tour", id, {});
	await expect.poll(() => stand.engine.running(id)).toEqual(["load"]);
	await client.pause(id, { by: "mira", reason: "too early" });
	await page.goto(`/instances/${id}?view=history`);
	const rows = page.getByRole("table", { name: "History" }).getByRole("row");
	const row = (what: string) => rows.filter({ has: page.getByRole("cell", { name: what, exact: true }) });
	await expect(row("Instance started")).toHaveCount(1);
	await expect(row("Pause")).toContainText("by mira: too early · not in effect yet");
	stand.engine.openGate(id, "load");
	await expect(row("Instance paused")).toContainText("the tasks that ran have ended");
	await expect(row("Pause")).toHaveText(/by mira: too early$/);
	await client.cancel(id, { by: "bo" });
	await expect(row("Instance cancelled")).toBeVisible();
	await expect(row("Cancel")).toContainText("by bo");
	await expect(rows.getByRole("cell", { name: /^(Instance|Pause|Cancel|Completed)/ })).toHaveText([
		"Instance cancelled",
		"Cancel",
		"Instance paused",
		"Completed",
		"Pause",
		"Instance started",
	]);

	const failed = newId("story");
	await client.start("hopeless", failed, {});
	await client.result(failed, { timeout: "20s" });
	await client.retry(failed, { by: "mira", reason: "it is up again" });
	await client.result(failed, { timeout: "20s" });
	await page.goto(`/instances/${failed}?view=history`);
	await expect(row("Instance failed")).toHaveCount(2);
	await expect(row("Instance failed").first()).toContainText("RangeError: refused for the third time");
	await expect(row("Retry")).toContainText("by mira: it is up again");
	await row("Instance failed").last().getByRole("link", { name: "call" }).click();
	await expect(page.locator('[data-inspector="call"]')).toBeVisible();
});

test("signals can be sent one after the other from one dialog", async ({ page, stand, newId }) => {
	const id = newId("signals");
	await stand.engine.client.start("tour", id, {});
	const instance = new InstancePage(page);
	await instance.open(id);
	await instance.button("Send signal").click();
	const dialog = page.getByRole("dialog");
	for (let sent = 1; sent <= 2; sent += 1) {
		await dialog.getByRole("button", { name: "Send and keep open" }).click();
		await expect
			.poll(async () => {
				const { runId } = (await stand.engine.client.get(id)).instance;
				return (await stand.engine.backend.getSnapshot(runId, 0))?.signals.length;
			})
			.toBe(sent);
		await expect(dialog.getByRole("status")).toContainText("Sent:");
	}
});

test("by keyboard alone: list, open, failure, inspector, back, cancel", async ({ page, stand, newId }) => {
	const failed = newId("keys-failed");
	await stand.engine.client.start("hopeless", failed, {});
	await stand.engine.client.result(failed, { timeout: "20s" });
	const id = newId("keys");
	await stand.engine.client.start("tour", id, {});

	await page.goto("/instances");
	await page.keyboard.press("Control+k");
	await page.getByRole("combobox", { name: "Search or jump to" }).fill(failed);
	await expect(page.getByRole("option", { name: new RegExp(failed) })).toBeVisible();
	await page.keyboard.press("Enter");
	await expect(page).toHaveURL(new RegExp(failed));
	await expect(page.getByRole("region", { name: "Failure" })).toBeVisible();
	await page.keyboard.press("f");
	await expect(page.locator('[data-inspector="call"]')).toBeVisible();
	await page.keyboard.press("Escape");
	await expect(page.locator("[data-inspector]")).toHaveCount(0);
	await page.keyboard.press("3");
	await expect(page).toHaveURL(/view=history/);

	await page.keyboard.press("Control+k");
	await page.keyboard.type(id);
	await expect(page.getByRole("option", { name: new RegExp(`${id} `) })).toBeVisible();
	await page.keyboard.press("Enter");
	await expect(page).toHaveURL(new RegExp(`${id}$`));
	await new InstancePage(page).nodeIs("load", "running");
	await page.keyboard.press("c");
	await expect(page.getByRole("button", { name: "Keep running" })).toBeFocused();
	await page.keyboard.press("Shift+Tab");
	await page.keyboard.type("by keyboard c p s");
	await page.keyboard.press("Control+Enter");
	await expect(page.getByTestId("instance-status")).toContainText("Cancelled");
});

test("the shortcut sheet opens with a question mark, and can switch single keys off", async ({
	page,
	stand,
	newId,
}) => {
	const id = newId("sheet");
	await stand.engine.client.start("tour", id, {});
	await new InstancePage(page).open(id);
	await page.keyboard.press("?");
	const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
	await expect(sheet).toContainText("Next failure");
	await sheet.getByLabel(/Single keys are shortcuts/).uncheck();
	await page.keyboard.press("Escape");
	await expect(sheet).toHaveCount(0);
	await page.keyboard.press("c");
	await page.keyboard.press("Control+k");
	await expect(page.getByRole("dialog")).toHaveCount(1);
	await expect(page.getByRole("combobox", { name: "Search or jump to" })).toBeVisible();
});

test("on a narrow screen the actions lie at the bottom and the inspector takes the whole screen", async ({
	page,
	stand,
	newId,
}) => {
	await page.setViewportSize({ width: 320, height: 700 });
	const id = newId("narrow");
	await stand.engine.client.start("tour", id, {});
	await page.goto(`/instances/${id}`);
	const cancel = page.getByRole("button", { name: "Cancel", exact: true });
	const box = await cancel.boundingBox();
	expect((box?.y ?? 0) + (box?.height ?? 0)).toBeGreaterThan(650);
	for (const view of ["", "?view=timeline", "?view=history", "?view=io", "?view=attempts", "?view=audit"]) {
		await page.goto(`/instances/${id}${view}`);
		await expect(page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Graph" })).toBeVisible();
		expect(
			await page.evaluate(() => document.documentElement.scrollWidth),
			`nothing sticks out sideways at ${view}`,
		).toBeLessThanOrEqual(320);
	}
	await page.goto(`/instances/${id}?node=load`);
	const inspector = await page.locator("[data-inspector]").boundingBox();
	expect(inspector).toMatchObject({ x: 0, width: 320 });
});

for (const colorScheme of ["light", "dark"] as const) {
	test.describe(`in the ${colorScheme} theme`, () => {
		test.use({ colorScheme });

		test("axe finds nothing on any view of a failed and of a running instance", async ({ page, stand, newId }) => {
			// Eleven pages are looked through.
			test.slow();
			const failed = newId("axe-views");
			await stand.engine.client.start("hopeless", failed, { a: [{ b: 1 }, { b: 2 }] });
			await stand.engine.client.result(failed, { timeout: "20s" });
			const running = newId("axe-running");
			await stand.engine.client.start("tour", running, [{ sku: "a" }]);
			await expect.poll(() => stand.engine.running(running)).toEqual(["load"]);
			await stand.engine.client.pause(running, { by: "test", reason: "why" });
			for (const id of [failed, running]) {
				for (const view of ["timeline", "history", "io", "attempts", "audit"]) {
					await page.goto(`/instances/${id}?view=${view}`);
					await expect(page.getByTestId("instance-status")).toBeVisible();
					await expect(page.locator("[data-connection]")).toHaveText(/Live|Ended/);
					expect(await violationsOf(page), `${id} ${view}`).toEqual([]);
				}
			}
			await page.goto(`/instances/${failed}?node=call&tab=attempts&attempt=2`);
			await expect(page.locator('[data-attempt="2"]')).toBeVisible();
			expect(await violationsOf(page)).toEqual([]);
		});

		test("axe finds nothing in palette, sheet, signal dialog and start form", async ({ page, stand, newId }) => {
			await stand.engine.client.start("booking", newId("axe-seed"), { guest: "A", nights: 1, to: { city: "B" } });
			const id = newId("axe-dialogs");
			await stand.engine.client.start("tour", id, {});
			await new InstancePage(page).open(id);
			for (const [key, name] of [
				["Control+k", "Search, jump, act"],
				["?", "Keyboard shortcuts"],
				["s", "Send manager_approval to axe-dialogs"],
			] as const) {
				await page.keyboard.press(key);
				await expect(page.getByRole("dialog", { name })).toBeVisible();
				expect(await violationsOf(page), name).toEqual([]);
				await page.keyboard.press("Escape");
				await expect(page.getByRole("dialog")).toHaveCount(0);
			}
			await page.goto("/workflows/booking/start");
			await page.getByRole("button", { name: "Start instance" }).click();
			await expect(page.getByText("The input is not complete yet.")).toBeVisible();
			expect(await violationsOf(page)).toEqual([]);
		});
	});
}
