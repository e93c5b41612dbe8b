import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, test } from "./stand/test.ts";

const BUILD = fileURLToPath(new URL("../apps/dashboard/.next/", import.meta.url));
const MOST_SCRIPT_BYTES = 220_000;

test("the scripts of the list page stay within their budget", async ({ stand }) => {
	const html = await (await fetch(`${stand.url}/instances`)).text();
	const legacy = /<script src="[^"]*\/(static\/chunks\/[^"?]+\.js)[^"]*"[^>]* noModule=""/i.exec(html)?.[1];
	const named = [...html.matchAll(/static\/chunks\/[^"\\?]+\.js/g)].map(([file]) => file);
	// What browsers without modules would load, nobody's does.
	const files = [...new Set(named)].filter((file) => file !== legacy);
	expect(files.length).toBeGreaterThan(5);
	const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(BUILD + file)).length, 0);
	expect(bytes).toBeLessThan(MOST_SCRIPT_BYTES);
});

test("filters are chosen on the page, stand in the address, and can be taken away one by one", async ({
	page,
	stand,
	newId,
}) => {
	const failed = newId("filters-failed");
	const held = newId("filters-held");
	await stand.engine.client.start("hopeless", failed, {}, { labels: { tenant: "acme" } });
	await stand.engine.client.start("tour", held, {}, { labels: { tenant: "other" } });
	await stand.engine.client.result(failed, { timeout: "20s" });
	const row = (id: string) => page.locator(`[data-instance-id="${id}"]`);

	await page.goto("/instances");
	await page.getByRole("button", { name: "More filters" }).click();
	await page.getByLabel("Error holds", { exact: true }).last().fill("for the third time");
	await page.getByLabel("Label", { exact: true }).fill("tenant=acme");
	await page.getByRole("button", { name: "Apply" }).click();
	await expect(page).toHaveURL(/error=for/);
	await expect(row(failed)).toBeVisible();
	await expect(row(held)).toHaveCount(0);

	await page.reload();
	await expect(row(failed)).toBeVisible();
	await page.getByRole("button", { name: "Remove filter: tenant=acme" }).click();
	await expect(page).not.toHaveURL(/label=/);
	await page.getByRole("button", { name: "Clear filters" }).first().click();
	await expect(row(held)).toBeVisible();

	await page.getByLabel("Id begins with").fill(` ${held} `);
	await page.getByLabel("Id begins with").press("Enter");
	await expect(row(held)).toBeVisible();
	await expect(row(failed)).toHaveCount(0);
	await page.goBack();
	await expect(row(failed)).toBeVisible();
});

test("a saved view brings its filters back, and own ones are kept in the browser", async ({ page, stand, newId }) => {
	const failed = newId("views-failed");
	await stand.engine.client.start("hopeless", failed, {});
	await stand.engine.client.result(failed, { timeout: "20s" });
	await page.goto("/instances?status=failed&workflow=hopeless");
	await page.getByRole("button", { name: "View: Own filters" }).click();
	await page.getByLabel("Name of the view").fill("my broken ones");
	await page.getByRole("button", { name: "Save" }).click();
	await page.goto("/instances");
	await page.getByRole("button", { name: "View: All instances" }).click();
	await page.getByRole("button", { name: "my broken ones", exact: true }).click();
	await expect(page).toHaveURL(/status=failed&workflow=hopeless/);
	await expect(page.getByRole("button", { name: "View: my broken ones" })).toBeVisible();
	await page.getByRole("button", { name: "View: my broken ones" }).click();
	await page.getByRole("button", { name: "Failures", exact: true }).click();
	await expect(page).toHaveURL(/\/instances\?status=failed$/);
});

test("a row says what the instance does now, and which attempt comes next", async ({ page, stand, newId }) => {
	const id = newId("now");
	await stand.engine.client.start("patient", id, {});
	await page.goto(`/instances?id=${id}`);
	const row = page.locator(`[data-instance-id="${id}"]`);
	await expect(row).toContainText("Retrying");
	await expect(row).toContainText("call attempt 2 in");
});

test("a list that nothing matches says so, and how to get out", async ({ page, stand, newId }) => {
	const id = newId("states");
	await stand.engine.client.start("tour", id, {});
	await page.goto("/instances?id=no-such-id");
	await expect(page.getByText("Nothing matches these filters")).toBeVisible();
	await page.getByRole("button", { name: "Clear filters" }).last().click();
	await expect(page.locator(`[data-instance-id="${id}"]`)).toBeVisible();
});

test("columns and the height of rows are the reader's choice, and stay", async ({ page, stand, newId }) => {
	await stand.engine.client.start("tour", newId("columns"), {}, { labels: { tenant: "acme" } });
	await page.goto("/instances");
	await page.getByRole("button", { name: "Columns and density" }).click();
	await page.getByRole("checkbox", { name: "Labels" }).check();
	await page.getByRole("checkbox", { name: "Progress" }).uncheck();
	await page.getByRole("radio", { name: "Compact" }).check();
	await page.reload();
	await expect(page.getByRole("columnheader", { name: "Labels" })).toBeVisible();
	await expect(page.getByRole("columnheader", { name: "Progress" })).toHaveCount(0);
	await expect(page.locator("html")).toHaveAttribute("data-density", "compact");
});

const BAD = [
	...["limit=0", "limit=-1", "limit=1e9", "limit=NaN", "limit=50%3Bdrop", "towards=id%3B--"],
	...["status=unknown", `status=${"failed,".repeat(1_000)}x`, "from=2026-13-45", "from=-1", "to=999999999999999"],
	...["from=20&to=10", "duration=Infinity", "retries=maybe", "label=none", "id=%00", `error=${"x".repeat(201)}`],
	...["cursor=x", "cursor=1~", `cursor=${"9".repeat(400)}~a`],
];

test("the list refuses bad filters with a typed error, and takes odd text as text", async ({ stand }) => {
	for (const query of BAD) {
		const answer = await fetch(`${stand.url}/api/instances?${query}`);
		expect(answer.status, query).toBe(400);
		expect((await answer.json()).error.code, query).toBe("BadRequest");
	}
	for (const text of ["%25", "_", "%5C", "(a%2B)%2B%24", "%F0%9F%9A%9A", "'%3B%20drop%20table%20instance"]) {
		for (const name of ["id", "error", "signal", "workflow"]) {
			const answer = await fetch(`${stand.url}/api/instances?${name}=${text}`);
			expect(answer.status, `${name}=${text}`).toBe(200);
			expect((await answer.json()).instances, `${name}=${text}`).toEqual([]);
		}
	}
	const long = await fetch(`${stand.url}/api/instances?id=${"x".repeat(1_000_000)}`).catch(() => null);
	expect([null, 400, 414, 431]).toContain(long?.status ?? null);
});
