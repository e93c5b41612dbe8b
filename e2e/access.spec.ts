import { InstancePage } from "./instance-page.ts";
import { violationsOf } from "./stand/axe.ts";
import { expect, test } from "./stand/guarded-test.ts";

test("a link leads by way of the sign-in to what it is about, all by keyboard, and signing out ends it", async ({
	page,
	stand,
	guarded,
	newId,
}) => {
	const id = newId("deep");
	await stand.engine.client.start("tour", id, {});
	await page.goto(`/instances/${id}?view=timeline`);
	await expect(page).toHaveURL(new RegExp(`/login\\?next=%2Finstances%2F${id}%3Fview%3Dtimeline$`));
	const token = page.getByLabel("Token", { exact: true });
	await expect(token).toBeFocused();
	await expect(token).toHaveAttribute("type", "password");

	await page.keyboard.press("Enter");
	await expect(page.locator("form").getByRole("alert")).toHaveText("Give your token.");
	await page.keyboard.type("wm_not-a-token");
	await page.keyboard.press("Enter");
	await expect(page.locator("form").getByRole("alert")).toContainText("not known here");
	await expect(token).toBeFocused();
	await page.keyboard.insertText(guarded.tokens.olga);
	await page.keyboard.press("Enter");

	await expect(page).toHaveURL(new RegExp(`/instances/${id}\\?view=timeline$`));
	await expect(page.getByText("Signed in as olga, operator")).toBeVisible();
	// The page is drawn before it listens to keys.
	await expect(page.locator("[data-connection]")).toHaveAttribute("data-connection", "live");
	await page.getByRole("button", { name: "Sign out" }).focus();
	await page.keyboard.press("Enter");
	await expect(page).toHaveURL(/\/login$/);
	await page.goto(`/instances/${id}`);
	await expect(page.getByRole("heading", { name: "Sign in to Waymark" })).toBeVisible();
});

test("who is signed in already is not asked again, also by a link on another site", async ({ page, guarded }) => {
	await guarded.signIn(page, "rolf");
	await page.goto("/login?next=%2Fworkers");
	await expect(page).toHaveURL(/\/workers$/);
	// As a browser follows a link of another site: the cookie stays at home, and the page asks once more.
	const cookies = await page.context().cookies();
	await page.context().clearCookies();
	await page.route("**/api/session", async (route) => {
		await page.context().addCookies(cookies);
		await route.continue({
			headers: { ...route.request().headers(), cookie: `${cookies[0]?.name}=${cookies[0]?.value}` },
		});
	});
	await page.goto("/audit?kind=pause");
	await expect(page).toHaveURL(/\/audit\?kind=pause$/);
	await expect(page.getByText("Signed in as rolf, reader")).toBeVisible();
});

test("the sign-in goes on to pages of this dashboard and nowhere else", async ({ page, guarded }) => {
	await page.goto("/login?next=https%3A%2F%2Fevil.test%2F");
	await page.getByLabel("Token", { exact: true }).fill(guarded.tokens.vera);
	await page.getByRole("button", { name: "Sign in" }).click();
	await expect(page).toHaveURL(`${guarded.url}/`);
});

test("a viewer sees states and no data, and nothing of it is sent", async ({ page, stand, guarded, newId }) => {
	const id = newId("private");
	await stand.engine.client.start("hopeless", id, { card: "4111-1111" });
	await stand.engine.client.result(id, { timeout: "20s" });
	await guarded.signIn(page, "vera");

	const values: string[] = [];
	page.on("request", (request) => {
		if (request.url().includes("/value")) values.push(request.url());
	});
	await page.goto(`/instances/${id}?view=io`);
	await expect(page.getByRole("region", { name: "Input" })).toContainText("Hidden by policy");
	const instance = new InstancePage(page);
	await page.goto(`/instances/${id}?node=call&tab=attempts`);
	await expect(instance.inspector).toContainText("refused for the third time");
	await expect(instance.inspector).toContainText("The stack is hidden. Hidden by policy: the role viewer");
	await expect(instance.inspector.getByRole("button", { name: "Stack" })).toHaveCount(0);
	const other = newId("private");
	await stand.engine.client.start("hopeless", other, { card: "4222-2222" });
	await stand.engine.client.result(other, { timeout: "20s" });
	await page.goto(`/compare?left=${id}&right=${other}&show=all&node=call`);
	const opened = page.locator('[data-detail="call"]');
	await expect(opened).toContainText("refused for the third time");
	await expect(opened).toContainText("Inputs and outputs are hidden. Hidden by policy: the role viewer");
	await expect(opened.getByRole("button", { name: "Stack" })).toHaveCount(0);
	await expect(page.getByRole("region", { name: "Input, from A to B" })).toContainText("Hidden by policy");
	expect(values).toEqual([]);

	const cookie = await guarded.cookieOf("vera");
	for (const more of ["", "&full=1", "&download=1"]) {
		const refused = await guarded.get(`/api/instances/${id}/value?ref=~input${more}`, cookie);
		expect(refused.status).toBe(403);
		expect(await refused.text()).not.toContain("4111");
	}
	const stacks = /at .*workflows\.mjs/;
	for (const path of [
		`/api/instances/${id}`,
		`/instances/${id}`,
		`/compare?left=${id}&right=${other}`,
		"/api/instances",
		"/",
		"/api/overview",
	]) {
		expect(await (await guarded.get(path, cookie)).text(), path).not.toMatch(stacks);
	}
	expect(await (await guarded.get(`/api/instances/${id}/stream`, cookie)).text()).not.toMatch(stacks);
	const reader = await guarded.cookieOf("rolf");
	expect(await (await guarded.get(`/api/instances/${id}`, reader)).text()).toMatch(stacks);
	expect(await (await guarded.get(`/api/instances/${id}/value?ref=~input`, reader)).text()).toContain("4111-1111");
});

test("an operator may pause and not cancel, an admin may, and the audit has who asked and who was refused", async ({
	page,
	stand,
	guarded,
	newId,
}) => {
	const id = newId("roles");
	await stand.engine.client.start("tour", id, {});
	await guarded.signIn(page, "olga");
	const instance = new InstancePage(page);
	await instance.open(id);
	await instance.nodeIs("load", "running");

	const why = "That needs the role admin, and yours is operator. Ask an admin.";
	await expect(instance.button("Cancel")).toHaveAttribute("aria-disabled", "true");
	await expect(instance.button("Cancel")).toHaveAccessibleDescription(why);
	await instance.button("Cancel").focus();
	await expect(page.getByText(why).last()).toBeVisible();
	await instance.button("Cancel").click({ force: true });
	await page.keyboard.press("c");
	await expect(page.getByRole("dialog")).toHaveCount(0);
	await page.keyboard.press("p");
	await expect(page.getByRole("status").filter({ hasText: "Waiting for" })).toContainText("olga");

	const cookie = await guarded.cookieOf("olga");
	const injected = { "x-waymark-role": "admin", "x-forwarded-user": "ada", "x-remote-user": "ada" };
	const refused = await guarded.post(`/api/instances/${id}/cancel`, { reason: "let me" }, cookie, injected);
	expect(refused.status).toBe(403);
	expect(await refused.json()).toMatchObject({ error: { code: "Forbidden", message: why } });
	expect((await stand.engine.client.get(id)).instance.control).toBe("pausing");
	await page.goto(`/audit?instance=${id}`);
	const row = page.getByRole("row").filter({ hasText: "Cancel" });
	await expect(row).toContainText("olga");
	await expect(row).toContainText("Refused");
	await expect(row).toContainText("the role operator may not do that");
	await expect(row).toContainText("let me");

	const admin = await guarded.cookieOf("ada");
	expect((await guarded.post(`/api/instances/${id}/cancel`, { reason: "really" }, admin)).status).toBe(200);
	const row2 = page.getByRole("row").filter({ hasText: "really" });
	await expect(row2).toContainText("ada");
	await expect(row2).toContainText("Accepted");
});

test("signing out ends the stream of every other tab, which says so and asks for nothing more", async ({
	page,
	context,
	stand,
	guarded,
	newId,
}) => {
	const id = newId("two-tabs");
	await stand.engine.client.start("tour", id, {});
	await guarded.signIn(page, "olga");
	const other = await context.newPage();
	await other.clock.install();
	await other.goto(`/instances/${id}`);
	await expect(other.locator("[data-connection]")).toHaveAttribute("data-connection", "live");

	await guarded.signOut(page);
	await expect(other.locator("[data-connection]")).toHaveAttribute("data-connection", "signed-out");
	await expect(other.locator("[data-connection]")).toContainText("Signed out");
	const note = other.getByRole("alert").filter({ hasText: "You are signed out." });
	await expect(note).toBeVisible();
	await expect(other.getByTestId("instance-status")).toContainText("Running");

	const asked: string[] = [];
	other.on("request", (request) => {
		if (request.url().includes("/api/")) asked.push(request.url());
	});
	await other.clock.runFor(10 * 60_000);
	expect(asked).toEqual([]);

	await note.getByRole("link", { name: "Sign in" }).click();
	await other.getByLabel("Token", { exact: true }).fill(guarded.tokens.rolf);
	await other.keyboard.press("Enter");
	await expect(other).toHaveURL(new RegExp(`/instances/${id}`));
	await expect(other.locator("[data-connection]")).toHaveAttribute("data-connection", "live");
});

test("a list that is open when the session ends stops asking, and leads back to itself", async ({ page, guarded }) => {
	await guarded.signIn(page, "rolf");
	await page.goto("/signals?signal=manager_approval");
	await expect(page.getByRole("heading", { name: "Signals" })).toBeVisible();
	await page.context().clearCookies();
	const note = page.getByRole("alert").filter({ hasText: "You are signed out." });
	await expect(note).toBeVisible();
	await expect(note.getByRole("link")).toHaveAttribute("href", "/login?next=%2Fsignals%3Fsignal%3Dmanager_approval");
	await guarded.signIn(page, "rolf");
	await page.goto("/instances");
	await expect(page.getByText("Live", { exact: true })).toBeVisible();
	await page.context().clearCookies();
	await expect(note).toBeVisible();
	await expect(page.getByText("Live", { exact: true })).toHaveCount(0);
});

test("the settings say who one is, who may do what, and to admins who there is", async ({ page, guarded }) => {
	await guarded.signIn(page, "ada");
	await page.goto("/settings");
	await expect(page.getByText("You are ada, with the role admin.")).toBeVisible();
	await expect(page.getByRole("table", { name: "Users" }).getByRole("row", { name: "vera viewer" })).toBeVisible();
	expect(await page.content()).not.toContain("sha256");
	await guarded.signOut(page);
	await guarded.signIn(page, "vera");
	await page.goto("/settings");
	await expect(page.getByRole("row", { name: /^Cancel/ }).getByRole("cell")).toHaveText([
		"Cancel",
		"–",
		"–",
		"–",
		"yes",
		"–",
	]);
	await expect(page.getByRole("table", { name: "Users" })).toHaveCount(0);
});

for (const colorScheme of ["light", "dark"] as const) {
	for (const width of [1440, 320]) {
		test(`axe finds nothing on the sign-in, ${colorScheme}, ${width} px wide`, async ({ page }) => {
			await page.emulateMedia({ colorScheme });
			await page.setViewportSize({ width, height: 700 });
			await page.goto("/login?next=%2Finstances");
			await expect(page.getByRole("heading", { name: "Sign in to Waymark" })).toBeVisible();
			const clean = async () => expect(await violationsOf(page)).toEqual([]);
			await clean();
			await page.keyboard.press("Enter");
			await expect(page.locator("form").getByRole("alert")).toBeVisible();
			await clean();
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
		});
	}
}

for (const [person, width] of [
	["vera", 1440],
	["olga", 320],
] as const) {
	test(`axe finds nothing on the pages that ${person} sees, ${width} px wide`, async ({
		page,
		stand,
		guarded,
		newId,
	}) => {
		const id = newId("axe-access");
		await stand.engine.client.start("tour", id, {});
		await page.setViewportSize({ width, height: 700 });
		await guarded.signIn(page, person);
		for (const path of [`/instances/${id}?view=io`, "/instances", "/settings"]) {
			await page.goto(path);
			await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
			const violations = await violationsOf(page);
			expect(violations, path).toEqual([]);
		}
	});
}

test("a node is tried at once by an operator; a reader is told that it takes one, and the audit has both", async ({
	page,
	stand,
	guarded,
	newId,
}) => {
	const id = newId("hasten");
	await stand.engine.client.start("reluctant", id, {});
	await expect.poll(() => stand.engine.states(id)).toMatchObject({ call: "retrying" });
	await guarded.signIn(page, "rolf");
	const instance = new InstancePage(page);
	await page.goto(`/instances/${id}?node=call`);
	const button = instance.inspector.getByRole("button", { name: "Retry now" });
	await expect(button).toHaveAttribute("aria-disabled", "true");
	const why = "That needs the role operator, and yours is reader. Ask an operator.";
	await expect(button).toHaveAccessibleDescription(why);
	const reader = await guarded.cookieOf("rolf");
	const refused = await guarded.post(`/api/instances/${id}/retry-now`, { path: "call" }, reader);
	expect(refused.status).toBe(403);
	expect(await refused.json()).toMatchObject({ error: { code: "Forbidden", message: why } });
	expect(await stand.engine.states(id)).toMatchObject({ call: "retrying" });

	await guarded.signOut(page);
	await guarded.signIn(page, "olga");
	await page.goto(`/instances/${id}/nodes/call`);
	await button.click();
	await expect(instance.inspector).toContainText("Attempt 2 of 4 runs now.");
	const operator = await guarded.cookieOf("olga");
	const malformed = await guarded.post(`/api/instances/${id}/retry-now`, {}, operator);
	expect([malformed.status, (await malformed.json()).error.message]).toEqual([400, '"path" is missing. Send it.']);
	const unknown = await guarded.post("/api/instances/nobody/retry-now", { path: "call" }, operator);
	expect(unknown.status).toBe(404);
	stand.engine.openGate(id, "call");
	const { instance: stored } = await stand.engine.client.result(id, { timeout: "20s" });
	const snapshot = await stand.engine.backend.getSnapshot(stored.runId, 0);
	expect(snapshot?.controlRequests).toMatchObject([
		{ kind: "retryNow", path: "call", by: "rolf", result: "refused", because: "the role reader may not do that" },
		{ kind: "retryNow", path: "call", by: "olga", result: "applied" },
	]);
});
