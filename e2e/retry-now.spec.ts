import { InstancePage } from "./instance-page.ts";
import { violationsOf } from "./stand/axe.ts";
import { expect, test } from "./stand/test.ts";

// The browser notes them too.
test.use({ refusals: /404|409/ });

test("a node that waits for hours is tried at once, and the page shows it without a reload", async ({
	page,
	stand,
	newId,
}) => {
	const { engine } = stand;
	const id = newId("impatient");
	await engine.client.start("reluctant", id, { to: "Ada" });
	const instance = new InstancePage(page);
	await page.goto(`/instances/${id}?node=call`);
	await instance.graphIsReady();
	await instance.nodeIs("call", "retrying");
	await expect(instance.inspector).toContainText("Next attempt in 2:59");
	// Gone with a reload.
	await page.evaluate(() => Object.assign(window, { isSamePage: true }));

	await instance.inspector.getByRole("button", { name: "Retry now" }).dblclick();
	await instance.nodeIs("call", "running");
	await expect(instance.inspector).toContainText("Attempt 2 of 4 runs now.");
	await expect(instance.inspector.getByRole("button", { name: "Retry now" })).toHaveCount(0);
	expect(await page.evaluate(() => "isSamePage" in window)).toBe(true);

	// Somebody whose page is older presses again: it is refused, and the attempt goes on.
	const again = await page.evaluate(async (path) => {
		const headers = { "content-type": "application/json", "x-waymark-request": "1" };
		const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify({ path: "call" }) });
		return { status: answer.status, body: await answer.json() };
	}, `/api/instances/${id}/retry-now`);
	expect(again).toMatchObject({ status: 409, body: { error: { code: "ControlConflict" } } });
	expect(again.body.error.message).toContain("that node is running");
	engine.openGate(id, "call");
	await instance.nodeIs("call", "completed");
	expect(engine.ledger().filter((line) => line.startsWith(`${id} `))).toEqual([`${id} call 2`]);

	await page.goto(`/instances/${id}?view=history`);
	const row = page.getByRole("row").filter({ hasText: "Retry now" });
	await expect(row).toContainText("by local operator");
	await page.goto(`/audit?kind=retryNow&instance=${id}`);
	const requests = page.getByRole("row").filter({ hasText: "Retry now" });
	await expect(requests).toHaveCount(2);
	await expect(requests.first()).toContainText("Refused");
	await expect(requests.first()).toContainText("that node is running");
	await expect(requests.last()).toContainText("Accepted");
	await expect(requests.last()).toContainText("call");
});

test("by keyboard and from the palette, with the attempts that there are", async ({ page, stand, newId }) => {
	const { engine } = stand;
	const id = newId("keys");
	await engine.client.start("patient", id, {});
	const instance = new InstancePage(page);
	await page.goto(`/instances/${id}?node=call&tab=attempts`);
	await instance.graphIsReady();
	await instance.nodeIs("call", "retrying");
	const button = instance.inspector.getByRole("button", { name: "Retry now" });
	await expect(instance.inspector).toContainText("Next attempt in");
	await button.focus();
	await page.keyboard.press("Enter");
	await expect(instance.inspector.locator("[data-attempt]")).toHaveCount(3);
	await instance.nodeIs("call", "retrying");
	await expect(instance.inspector.locator("[data-outcome=failed]")).toHaveCount(2);

	await page.keyboard.press("ControlOrMeta+k");
	await page.keyboard.type("retry call now");
	await page.getByRole("option", { name: /Retry call now/ }).click();
	await expect(instance.status).toContainText("Failed");
	await expect(instance.inspector.locator("[data-outcome=failed]")).toHaveCount(3);
	await expect(button).toHaveCount(0);
});

test("a paused instance says to unpause it first, and a refusal that comes late is told", async ({
	page,
	stand,
	newId,
}) => {
	const { engine } = stand;
	const id = newId("held");
	await engine.client.start("reluctant", id, {});
	const instance = new InstancePage(page);
	await page.goto(`/instances/${id}?node=call&tab=attempts`);
	await instance.graphIsReady();
	await instance.nodeIs("call", "retrying");
	const button = instance.inspector.getByRole("button", { name: "Retry now" });
	await expect(button).not.toHaveAttribute("aria-disabled");
	expect(await violationsOf(page, "[data-inspector]")).toEqual([]);

	// What the page does not know yet: the request finds the instance paused.
	await page.route("**/retry-now", async (route) => {
		await engine.client.pause(id, { by: "tom" });
		await route.continue();
	});
	await button.click();
	const told = page.getByRole("region", { name: "Notifications" });
	await expect(told).toContainText("Retrying now did not work");
	await expect(told).toContainText("That cannot be done now: it is paused.");
	await page.unroute("**/retry-now");
	await expect(button).toHaveAccessibleDescription("It is paused: unpause it first");
	await button.click({ force: true });
	await engine.client.unpause(id);
	await expect(button).not.toHaveAttribute("aria-disabled");
	await button.click();
	await instance.nodeIs("call", "running");
	expect((await engine.client.get(id)).instance.status).toBe("in_progress");
	engine.openGate(id, "call");
	await instance.nodeIs("call", "completed");
});
