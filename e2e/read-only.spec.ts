import { InstancePage } from "./instance-page.ts";
import { violationsOf } from "./stand/axe.ts";
import { startDashboard } from "./stand/dashboard-stand.ts";
import { test as base, expect } from "./stand/test.ts";

const WHY = "Read-only: this dashboard changes nothing. Use one that may.";
/** A second dashboard on the same database, which only reads it. */
const test = base.extend<object, { readonly readOnlyUrl: string }>({
	readOnlyUrl: [
		async ({ stand }, use) => {
			const { program, url } = await startDashboard(stand.engine, { WAYMARK_READ_ONLY: "1" });
			await use(url);
			await program.stop();
		},
		{ scope: "worker", timeout: 60_000 },
	],
	baseURL: async ({ readOnlyUrl }, use) => use(readOnlyUrl),
});

test("every action on an instance stays in reach, says why not, and shows live what others do", async ({
	page,
	stand,
	newId,
}) => {
	const id = newId("look");
	await stand.engine.client.start("tour", id, {});
	const instance = new InstancePage(page);
	await instance.open(id);
	await instance.nodeIs("load", "running");
	await expect(page.locator("[data-access]")).toHaveText("Read-only");

	for (const name of ["Pause", "Send signal", "Cancel"]) {
		const button = instance.button(name);
		await expect(button).toHaveAttribute("aria-disabled", "true");
		await expect(button).toHaveAccessibleDescription(WHY);
		await button.focus();
		await expect(button).toBeFocused();
		await expect(page.getByText(WHY).last()).toBeVisible();
		await page.keyboard.press("Enter");
	}
	await page.locator("h1").click();
	for (const key of ["p", "s", "c"]) await page.keyboard.press(key);
	await expect(page.getByRole("dialog")).toHaveCount(0);
	await page.keyboard.press(".");
	const copy = page.getByRole("menuitem", { name: /Start a copy/ });
	await expect(copy).toContainText(WHY);
	await copy.click({ force: true });
	await expect(copy).toBeVisible();
	await expect(page).toHaveURL(new RegExp(`/instances/${id}$`));
	await page.keyboard.press("Escape");

	await page.keyboard.press("ControlOrMeta+k");
	const palette = page.getByRole("dialog");
	await palette.getByRole("combobox").fill("pau");
	await expect(palette.getByRole("option", { name: /^Pause/ })).toHaveCount(0);
	await palette.getByRole("combobox").fill("start tour");
	await expect(palette.getByRole("option", { name: /^Start/ })).toHaveCount(0);
	await page.keyboard.press("Escape");

	await expect(instance.status).not.toContainText("Pausing");
	expect((await stand.post(`/api/instances/${id}/pause`, {})).status).toBe(200);
	await expect(instance.status).toContainText("Pausing");
	stand.engine.openGate(id, "load");
	await expect(instance.status).toContainText("Paused");
	await expect(instance.button("Unpause")).toHaveAccessibleDescription(WHY);
});

test("what failed, the list, the inbox and the start form say why not too", async ({ page, stand, newId }) => {
	const [failed, waiting] = [newId("failed"), newId("waiting")];
	await stand.engine.client.start("hopeless", failed, {});
	await stand.engine.client.result(failed, { timeout: "20s" });
	await stand.engine.client.start("tour", waiting, {});
	for (const path of ["load", "work/left/paint", "work/right/dry"]) stand.engine.openGate(waiting, path);

	await page.goto(`/instances/${failed}`);
	await expect(page.getByRole("button", { name: "Retry", exact: true })).toHaveAccessibleDescription(WHY);
	await expect(page.getByRole("button", { name: "Pause", exact: true })).toHaveAccessibleDescription("Already failed");

	await page.goto(`/instances?id=${failed}`);
	await page.locator(`[data-instance-id="${failed}"]`).getByRole("checkbox").check();
	const bar = page.getByRole("region", { name: "Selected instances" });
	for (const name of ["Pause…", "Unpause…", "Retry…", "Cancel…"]) {
		const button = bar.getByRole("button", { name, exact: true });
		await expect(button).toHaveAccessibleDescription(WHY);
		await button.click({ force: true });
	}
	await expect(page.getByRole("dialog")).toHaveCount(0);

	await page.goto("/signals");
	const send = page.getByRole("button", { name: `Send manager_approval to ${waiting}` });
	await expect(send).toHaveAccessibleDescription(WHY);
	await send.click({ force: true });
	await expect(page.getByRole("dialog")).toHaveCount(0);

	await page.goto("/workflows/tour");
	await expect(page.getByRole("button", { name: "Start one" })).toHaveAccessibleDescription(WHY);
	await page.goto("/workflows/tour/start");
	const posts: string[] = [];
	page.on("request", (request) => {
		if (request.method() === "POST") posts.push(request.url());
	});
	await expect(page.getByRole("button", { name: "Start instance" })).toHaveAccessibleDescription(WHY);
	await page.getByRole("button", { name: "Start instance" }).click({ force: true });
	await page.getByLabel("Instance id").press("Enter");
	await expect(page).toHaveURL(/\/start$/);
	expect(posts).toEqual([]);
});

test("the server refuses every change, whoever asks it, and nothing is written", async ({
	stand,
	readOnlyUrl,
	newId,
}) => {
	const id = newId("untouched");
	await stand.engine.client.start("tour", id, {});
	await expect.poll(() => stand.engine.running(id)).toEqual(["load"]);
	const rows = async () => {
		const { instance } = await stand.engine.client.get(id);
		const snapshot = await stand.engine.backend.getSnapshot(instance.runId, 0);
		const { workflows: _names, ...counts } = await stand.engine.backend.countInstances();
		return { instance, requests: snapshot?.controlRequests, signals: snapshot?.signals, counts };
	};
	const before = await rows();
	const changes: readonly (readonly [string, object])[] = [
		...["pause", "unpause", "cancel", "retry"].map((kind) => [`/api/instances/${id}/${kind}`, {}] as const),
		[`/api/instances/${id}/retry-now`, { path: "load" }],
		[`/api/instances/${id}/signal`, { name: "manager_approval", payload: {} }],
		["/api/instances", { workflow: "tour", instanceId: `${id}-2`, input: {} }],
		["/api/bulk/plan", { kind: "cancel", instanceIds: [id] }],
		["/api/bulk", { planId: "any" }],
	];
	for (const [path, body] of changes) {
		const answer = await fetch(`${readOnlyUrl}${path}`, {
			method: "POST",
			headers: { "content-type": "application/json", "x-waymark-request": "1", origin: readOnlyUrl },
			body: JSON.stringify(body),
		});
		expect(answer.status, path).toBe(403);
		expect(await answer.json(), path).toEqual({ error: { code: "ReadOnly", message: WHY } });
	}
	expect(await rows()).toEqual(before);
	expect((await fetch(`${readOnlyUrl}/healthz`)).status).toBe(200);
});

for (const colorScheme of ["light", "dark"] as const) {
	test(`axe finds nothing on a read-only page, ${colorScheme}`, async ({ page, stand, newId }) => {
		const id = newId("axe-read-only");
		await stand.engine.client.start("tour", id, {});
		await page.emulateMedia({ colorScheme });
		await new InstancePage(page).open(id);
		expect(await violationsOf(page)).toEqual([]);
	});
}
