import { violationsOf } from "./stand/axe.ts";
import type { DashboardStand } from "./stand/dashboard-stand.ts";
import { expect, test } from "./stand/test.ts";

const PAGES = ["/", "/instances", "/workflows", "/workflows/tour", "/signals", "/workers", "/audit", "/settings"];

test("the overview names what is wrong, why, and leads to it", async ({ page, stand, newId }) => {
	const id = newId("wrong");
	await stand.engine.client.start("hopeless", id, {});
	await stand.engine.client.result(id, { timeout: "20s" });
	await page.goto("/");
	await expect(page.getByRole("status").filter({ hasText: "failed in the last 24 hours" })).toBeVisible();
	const queue = page.getByRole("region", { name: "Needs attention" });
	const item = queue.getByRole("listitem").filter({ hasText: id });
	await expect(item).toContainText("RangeError: refused for the third time");
	await expect(page.getByRole("region", { name: "Workers" })).toContainText("1 alive");
	await item.getByRole("link", { name: id }).click();
	await expect(page).toHaveURL(new RegExp(`/instances/${id}\\?node=call`));
});

test("failures that are alike are one line of the overview, which opens the list of them", async ({
	page,
	stand,
	newId,
}) => {
	const ids = [newId("alike"), newId("alike"), newId("alike")];
	for (const id of ids) {
		await stand.engine.client.start("shipment", id, { refusals: 9, boxes: 1, size: "small", card: id });
		await stand.engine.client.result(id, { timeout: "20s" });
	}
	await page.goto("/");
	const queue = page.getByRole("region", { name: "Needs attention" });
	const failures = queue.getByRole("listitem").filter({ hasText: "shipment" });
	const line = failures.filter({ hasText: `the last one ${ids[2]}` });
	await expect(line).toContainText(`RangeError: card ${ids[2]} was refused`);
	for (const id of ids.slice(0, 2)) await expect(failures.filter({ hasText: id })).toHaveCount(0);
	// More than three, or with a plus, where other tests of this worker have failed in the same way.
	const words = /([3-9]|\d\d+)\+? × RangeError in charge/;
	await expect(line).toContainText(words);
	await line.getByRole("link", { name: words }).click();
	await expect(page).toHaveURL(/\/instances\?status=failed&workflow=shipment&error=RangeError$/);
	for (const id of ids) await expect(page.locator(`[data-instance-id="${id}"]`)).toBeVisible();
	await expect(page.locator("[data-instance-id]").filter({ hasNotText: "shipment" })).toHaveCount(0);
});

test("a signal is sent from the inbox, and its wait leaves it", async ({ page, stand, newId }) => {
	const id = newId("inbox");
	await stand.engine.client.start("tour", id, {});
	for (const path of ["load", "work/left/paint", "work/right/dry"]) stand.engine.openGate(id, path);
	await page.goto("/signals?signal=manager_approval");
	const row = page.locator(`[data-wait="${id}"]`);
	await expect(row).toContainText("approval");
	await row.getByRole("button", { name: `Send manager_approval to ${id}` }).click();
	const dialog = page.getByRole("dialog");
	await dialog.getByLabel("Payload").fill('{ "approved": true }');
	await dialog.getByRole("button", { name: "Send signal", exact: true }).click();
	await expect(row).toHaveCount(0);
	const result = await stand.engine.client.result(id, { timeout: "20s" });
	expect(result).toMatchObject({ status: "completed", output: { delivered: { approved: true } } });
});

test("the audit tells who asked for what and why, and filters by it", async ({ page, stand, newId }) => {
	const id = newId("audited");
	await stand.engine.client.start("tour", id, {});
	const answer = await stand.post(`/api/instances/${id}/pause`, { reason: "=cmd|' /C calc'!A0 <i>" });
	expect(answer.status).toBe(200);
	await page.goto("/audit?kind=pause");
	const row = page.getByRole("row").filter({ hasText: id });
	await expect(row).toContainText("local operator");
	await expect(row).toContainText("=cmd|' /C calc'!A0 <i>");
	await page.goto("/audit?kind=retry");
	await expect(page.getByRole("row").filter({ hasText: id })).toHaveCount(0);
});

test("the audit says of a cancel that it was accepted, and only once it has happened that it took effect", async ({
	page,
	stand,
	newId,
}) => {
	const id = newId("stubborn");
	await stand.engine.client.start("stubborn", id, {});
	await expect.poll(() => stand.engine.running(id)).toEqual(["charge_card"]);
	await stand.engine.client.cancel(id, { by: "mira", reason: "wrong price list" });
	await page.goto(`/audit?instance=${id}`);
	const row = page.getByRole("row").filter({ hasText: "wrong price list" });
	await expect(row.getByRole("cell", { name: "Accepted", exact: true })).toBeVisible();
	await expect(row.getByRole("cell", { name: "Not yet", exact: true })).toBeVisible();
	await expect(row).toContainText("Running → Cancelling");
	stand.engine.openGate(id, "charge_card");
	await expect(row.getByRole("cell", { name: /^At \d\d:\d\d:\d\d/ })).toBeVisible();
	await page.goto(`/instances/${id}?view=audit`);
	await expect(row.getByRole("cell", { name: "Accepted", exact: true })).toBeVisible();
	await expect(row.getByRole("cell", { name: /^At \d\d:\d\d:\d\d/ })).toBeVisible();
});

test("the audit tells of a pause that was taken back before, and of one that still holds", async ({
	page,
	stand,
	newId,
}) => {
	const { client } = stand.engine;
	const id = newId("paused-twice");
	await client.start("tour", id, {});
	await expect.poll(() => stand.engine.running(id)).toEqual(["load"]);
	await client.pause(id, { by: "mira", reason: "too early" });
	await client.unpause(id, { by: "mira" });
	await client.pause(id, { by: "mira", reason: "now then" });
	await page.goto(`/audit?instance=${id}`);
	const row = (reason: string) => page.getByRole("row").filter({ hasText: reason });
	await expect(row("too early")).toContainText("No: taken back before");
	await expect(row("now then")).toContainText("Not yet");
	stand.engine.openGate(id, "load");
	await expect(row("now then").getByRole("cell", { name: /^At \d\d:\d\d:\d\d/ })).toBeVisible();
	await expect(row("too early")).toContainText("No: taken back before");
});

test("signals stand in the audit of their instance, with who sent them and what took them", async ({
	page,
	stand,
	newId,
}) => {
	const id = newId("signalled");
	await stand.engine.client.start("tour", id, {});
	await stand.engine.client.sendSignal(id, "manager_approval", {}, { by: "mira" });
	await page.goto(`/instances/${id}?view=audit`);
	const row = page.getByRole("row").filter({ hasText: "manager_approval" });
	await expect(row).toContainText("mira");
	await expect(row).toContainText("Not yet: nothing waits for it");
	for (const path of ["load", "work/left/paint", "work/right/dry"]) stand.engine.openGate(id, path);
	await expect(row).toContainText("Taken by approval");
	await expect(page.getByRole("link", { name: /^Audit/ }).filter({ hasText: "1" })).toBeVisible();
});

test("a workflow shows its versions, its plan with what its runs say, and its nodes", async ({
	page,
	stand,
	newId,
}) => {
	const id = newId("heat");
	await stand.engine.client.start("hopeless", id, {});
	await stand.engine.client.result(id, { timeout: "20s" });
	await page.goto("/workflows");
	await page.getByRole("link", { name: "hopeless", exact: true }).click();
	await expect(page.getByRole("heading", { name: "hopeless" })).toBeVisible();
	const nodes = page.getByRole("table", { name: "Nodes" });
	await expect(nodes.getByRole("row").filter({ hasText: "call" })).toContainText("100 %");
	const newest = page.locator(`[data-newest="${id}"]`);
	await expect(newest).toContainText("call RangeError: refused for the third time");
	await page
		.getByText(/^Fails most often at/)
		.getByRole("button", { name: "call" })
		.click();
	await expect(page).toHaveURL(/node=call/);
	await expect(nodes.getByRole("row").filter({ hasText: "call" })).toHaveAttribute("aria-current", "true");
	await expect(page.locator('[data-node-key="call"]')).toBeVisible();
	await expect(page.getByRole("table", { name: "Versions" }).getByRole("row")).toHaveCount(2);
});

test("workers say whether they are alive", async ({ page }) => {
	await page.goto("/workers");
	await expect(page.locator("[data-worker]").first()).toContainText("Alive");
});

test("a time zone that is chosen holds on every page", async ({ page, stand, newId }) => {
	const id = newId("zone");
	const { instance } = await stand.engine.client.start("tour", id, {});
	await page.goto("/settings");
	await page.getByRole("radio", { name: "UTC" }).check();
	await page.goto(`/instances?id=${id}`);
	const clock = new Date(instance.createdAt).toISOString().slice(11, 19);
	await expect(page.locator(`[data-instance-id="${id}"]`)).toContainText(clock);
	await page.goto("/settings");
	await page.getByRole("radio", { name: "Another zone" }).check();
	await page.getByLabel("Name of the zone").fill("Asia/Kolkata");
	await page.goto(`/instances?id=${id}`);
	const there = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Kolkata", timeStyle: "medium" });
	await expect(page.locator(`[data-instance-id="${id}"]`)).toContainText(there.format(instance.createdAt));
});

test("theme and time zone are commands of the palette, say which is chosen, and stay", async ({
	page,
	stand,
	newId,
}) => {
	const id = newId("palette");
	await stand.engine.client.start("tour", id, {});
	await page.goto(`/instances?id=${id}`);
	const command = async (text: string, name: RegExp) => {
		await page.keyboard.press("Control+k");
		await page.getByRole("combobox", { name: "Search or jump to" }).fill(text);
		await expect(page.getByRole("option", { name }).first()).toBeVisible();
		await page.keyboard.press("Enter");
		await expect(page.getByRole("combobox", { name: "Search or jump to" })).toHaveCount(0);
	};
	const started = page.locator(`[data-instance-id="${id}"] time`).first();
	const { instance } = await stand.engine.client.get(id);
	const shows = (timeZone: string) =>
		expect(started).toContainText(
			new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", timeZone }).format(instance.createdAt),
		);
	await shows("America/Denver");
	await command("times utc", /^Times in UTC/);
	await shows("UTC");
	await command("tokyo", /^Times in Asia\/Tokyo/);
	await shows("Asia/Tokyo");
	await command("dark", /^Dark theme/);
	await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
	await page.reload();
	await shows("Asia/Tokyo");
	await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
	await page.keyboard.press("Control+k");
	await expect(page.getByRole("option", { name: /^Dark theme/ })).toContainText("chosen now");
	await expect(page.getByRole("option", { name: /^Times in Asia\/Tokyo/ })).toContainText("chosen now");
	// Six hundred zones stand there only for who asks.
	await expect(page.getByRole("option", { name: /^Times in / })).toHaveCount(3);
	await page.keyboard.press("Escape");
	await command("local", /^Times in the zone of this machine/);
	await shows("America/Denver");
});

test("a view of the list and the page of a workflow are reached by name", async ({ page, stand, newId }) => {
	const id = newId("by-name");
	await stand.engine.client.start("hopeless", id, {});
	await stand.engine.client.result(id, { timeout: "20s" });
	await page.goto("/settings");
	const jump = async (text: string, name: RegExp) => {
		await page.keyboard.press("Control+k");
		await page.getByRole("combobox", { name: "Search or jump to" }).fill(text);
		await page.getByRole("option", { name }).first().click();
	};
	await jump("failures", /^Failures view of the list/);
	await expect(page).toHaveURL(/\/instances\?status=failed$/);
	await expect(page.locator(`[data-instance-id="${id}"]`)).toBeVisible();
	await jump("hopeless", /^hopeless plan, figures/);
	await expect(page).toHaveURL(/\/workflows\/hopeless$/);
	await expect(page.getByRole("heading", { name: "hopeless" })).toBeVisible();
});

test("an unknown workflow or bulk action is a page with a way out", async ({ page, stand }) => {
	for (const path of ["/workflows/nothing", "/bulk/9-0123456789abcdef", "/bulk/x"]) {
		expect((await page.goto(path))?.status(), path).toBe(404);
		await expect(page.getByRole("link", { name: "All instances" }).first()).toBeVisible();
	}
	for (const query of ["audit?kind=delete", "audit?cursor=x", "signals?limit=0", "overview?range=1y"]) {
		const answer = await fetch(`${stand.url}/api/${query}`);
		expect(answer.status, query).toBe(400);
		expect((await answer.json()).error.code).toBe("BadRequest");
	}
});

test("from the list to a filter, a selection and a dialog without a mouse", async ({ page, stand, newId }) => {
	const id = newId("keys");
	await stand.engine.client.start("tour", id, {});
	await page.goto("/instances");
	await page.keyboard.press("/");
	await page.keyboard.type(id);
	await page.keyboard.press("Enter");
	const box = page.getByRole("checkbox", { name: `Select ${id}` });
	await expect(box).toBeVisible();
	await box.focus();
	await page.keyboard.press("Space");
	await expect(box).toBeChecked();
	await page.getByRole("button", { name: "Pause…", exact: true }).focus();
	await page.keyboard.press("Enter");
	await expect(page.getByRole("dialog").getByRole("button", { name: "Leave them as they are" })).toBeFocused();
	await page.keyboard.press("Escape");
	await expect(page.getByRole("dialog")).toHaveCount(0);
	expect((await stand.engine.client.get(id)).instance.control).toBe("none");
	await page.getByRole("link", { name: "Settings" }).focus();
	await page.keyboard.press("Enter");
	await expect(page.getByRole("heading", { name: "Settings" })).toBeVisible();
	await page.keyboard.press("[");
	await expect(page.locator("html")).toHaveAttribute("data-rail", "wide");
});

for (const colorScheme of ["light", "dark"] as const) {
	test.describe(`in the ${colorScheme} theme`, () => {
		test.use({ colorScheme });

		for (const path of PAGES) {
			test(`axe finds nothing on ${path}`, async ({ page, stand, newId }) => {
				await somethingOnEveryPage(stand, newId);
				await page.goto(path);
				await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
				const violations = await violationsOf(page);
				expect(violations).toEqual([]);
			});
		}

		test("axe finds nothing in the dialog about many instances", async ({ page, stand, newId }) => {
			const id = await somethingOnEveryPage(stand, newId);
			await page.goto("/instances");
			await page.getByRole("checkbox", { name: `Select ${id}` }).check();
			await page.getByRole("button", { name: "Cancel…" }).click();
			await expect(page.getByRole("dialog")).toBeVisible();
			const violations = await violationsOf(page);
			expect(violations).toEqual([]);
		});
	});
}

/** One that fails, and one that was paused while it waits for a signal. */
async function somethingOnEveryPage(stand: DashboardStand, newId: (prefix: string) => string): Promise<string> {
	const id = newId("axe");
	await stand.engine.client.start("hopeless", newId("axe"), {});
	await stand.engine.client.start("tour", id, {});
	for (const path of ["load", "work/left/paint", "work/right/dry"]) stand.engine.openGate(id, path);
	await stand.post(`/api/instances/${id}/pause`, { reason: "because" });
	return id;
}
