import { readFile } from "node:fs/promises";
import { expect, test } from "./stand/test.ts";

const SECRET = "hunter2-canary";

// Dots are no input.
test.use({ refusals: /40[04]/ });

test("what is hidden is shown for a moment to who asks for it, and the audit tells", async ({ page, stand, newId }) => {
	const id = newId("hidden");
	await stand.engine.client.start("leaky", id, { secret: SECRET, tokens: 12, list: [{ token: SECRET, n: 1 }] });
	await page.goto(`/instances/${id}?view=io`);
	const input = page.getByRole("region", { name: "Input", exact: true }).last();
	await expect(input.getByRole("treeitem").filter({ hasText: "secret" })).toContainText("••••hidden by policy");
	await expect(input.getByRole("treeitem").filter({ hasText: "tokens" })).toContainText("12");
	await expect(input.getByRole("status")).toContainText("2 values are hidden by policy.");
	await input.getByRole("button", { name: "Raw" }).click();
	await expect(input.getByRole("region", { name: "Input, raw" })).toContainText('"secret": "••••"');
	expect(await page.content()).not.toContain(SECRET);
	await input.getByRole("button", { name: "Tree" }).click();

	await input.getByRole("button", { name: "Show" }).click();
	await expect(input.getByRole("status")).toContainText("Shown in clear.");
	await expect(input.getByRole("treeitem").filter({ hasText: "secret" })).toContainText(SECRET);
	const saving = page.waitForEvent("download");
	await input.getByRole("button", { name: "Download input" }).click();
	expect(await readFile(await (await saving).path(), "utf8")).toContain(SECRET);
	await input.getByRole("button", { name: "Hide" }).click();
	await expect(input.getByText(SECRET)).toHaveCount(0);
	const file = page.waitForEvent("download");
	await input.getByRole("link", { name: "Download input" }).click();
	expect(await readFile(await (await file).path(), "utf8")).not.toContain(SECRET);

	await page.goto(`/instances/${id}?view=audit`);
	const row = page.getByRole("row").filter({ hasText: "Show hidden" });
	await expect(row).toHaveCount(1);
	await expect(row).toContainText("local operator");
	await expect(row).toContainText("the input of the instance");
});

test("a copy begins without what is hidden, and says what is missing", async ({ page, stand, newId }) => {
	const id = newId("copied");
	await stand.engine.client.start("leaky", id, { secret: SECRET, n: 7 });
	await page.goto(`/workflows/leaky/start?copy=${id}`);
	await expect(page.getByText("without what is hidden by policy: write secret yourself.")).toBeVisible();
	await expect(page.getByLabel("JSON")).toHaveValue('{\n  "n": 7\n}');
	await page.getByLabel("JSON").fill('{ "secret": "••••", "n": 7 }');
	await page.getByRole("button", { name: "Start instance" }).click();
	await expect(page.getByText('"secret" was hidden where it was copied, and holds dots.')).toBeVisible();
});

test("the settings say what is hidden", async ({ page }) => {
	await page.goto("/settings");
	const keys = page.getByRole("list", { name: "Hidden keys" });
	await expect(keys.getByText("password", { exact: true })).toBeVisible();
	await expect(page.getByRole("row").filter({ hasText: "See what is hidden in them" })).toContainText("yes");
});
