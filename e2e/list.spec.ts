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

test("columns are put in another order by keyboard, it is said, and they stay there", async ({
	page,
	stand,
	newId,
}) => {
	await stand.engine.client.start("tour", newId("order"), {});
	await page.goto("/instances");
	const heads = page.getByRole("table", { name: "Instances" }).getByRole("columnheader");
	const order = async () => (await heads.allTextContents()).slice(3);
	await expect.poll(order).toEqual(["Workflow", "Now, or why it failed", "Progress", "Started", "Duration"]);
	await page.getByRole("button", { name: "Columns and density" }).click();
	const down = page.getByRole("button", { name: "Move Workflow down" });
	await down.focus();
	for (let step = 0; step < 2; step += 1) await page.keyboard.press("Enter");
	await expect(page.getByText("Workflow is column 3 of 5")).toBeAttached();
	// The button moved with its column, and the focus with it.
	await expect(down).toBeFocused();
	await page.getByRole("button", { name: "Move Duration up" }).click();
	// At the end already: nothing happens.
	await page.getByRole("button", { name: "Move Now, or why it failed up" }).click();
	expect(await order()).toEqual(["Now, or why it failed", "Progress", "Workflow", "Duration", "Started"]);
	await page.getByRole("checkbox", { name: "Progress" }).uncheck();
	await page.getByRole("checkbox", { name: "Labels" }).check();
	await page.reload();
	await expect(heads).toHaveCount(8);
	await expect.poll(order).toEqual(["Now, or why it failed", "Workflow", "Duration", "Started", "Labels"]);
	await expect(page.locator("[data-instance-id]").first().getByRole("cell")).toHaveCount(8);
});

test("several labels are asked for together, and two values of one are refused", async ({ page, stand, newId }) => {
	const both = newId("labels");
	const one = newId("labels");
	await stand.engine.client.start("tour", both, {}, { labels: { tenant: "acme, inc", region: "eu" } });
	await stand.engine.client.start("tour", one, {}, { labels: { tenant: "acme, inc", region: "us" } });
	await page.goto("/instances?id=labels-");
	await page.getByRole("button", { name: "More filters" }).click();
	await page.getByLabel("Label", { exact: true }).fill("tenant=acme, inc");
	await page.getByRole("button", { name: "Add a label" }).click();
	await expect(page.getByLabel("Label 2")).toBeFocused();
	await page.getByLabel("Label 2").fill("tenant=other");
	await page.keyboard.press("Enter");
	await expect(page.getByText("No instance has two values of “tenant”.")).toBeVisible();
	await page.getByLabel("Label 2").fill("region=eu");
	await page.keyboard.press("Enter");
	const row = (id: string) => page.locator(`[data-instance-id="${id}"]`);
	await expect(row(one)).toHaveCount(0);
	await expect(row(both)).toBeVisible();
	// The address says it as the API takes it, so a link can be written by hand.
	expect(new URL(page.url()).searchParams.getAll("label")).toEqual(["tenant=acme, inc", "region=eu"]);
	await page.reload();
	await expect(row(both)).toBeVisible();
	await expect(row(one)).toHaveCount(0);
	await page.getByRole("button", { name: "Remove filter: region=eu" }).click();
	await expect(row(one)).toBeVisible();
	await expect(page.getByRole("button", { name: "Remove filter: tenant=acme, inc" })).toBeVisible();
	const twice = await fetch(`${stand.url}/api/instances?label=tenant=a&label=tenant=b`);
	expect(twice.status).toBe(400);
});

test("rows do not move under a reader who is further down: what is new waits for a click", async ({
	page,
	stand,
	newId,
}) => {
	const ids = Array.from({ length: 40 }, () => newId("calm"));
	for (const id of ids) await stand.engine.client.start("hopeless", id, {});
	await page.goto("/instances?id=calm-");
	const first = page.locator("[data-instance-id]").first();
	await expect(first).toHaveAttribute("data-instance-id", ids.at(-1) ?? "");
	await page.mouse.wheel(0, 600);
	await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(100);
	const looked = page.locator(`[data-instance-id="${ids[15]}"]`);
	const before = await looked.boundingBox();
	const [late, later] = [newId("calm"), newId("calm")];
	await stand.engine.client.start("hopeless", late, {});
	await stand.engine.client.start("hopeless", later, {});
	const fresh = page.getByRole("button", { name: "2 new" });
	await expect(fresh).toBeVisible();
	const moved = ((await looked.boundingBox())?.y ?? 0) - (before?.y ?? 0);
	expect(Math.abs(moved), "px that the row moved by").toBeLessThan(2);
	await fresh.click();
	await expect(first).toHaveAttribute("data-instance-id", later);

	// The same while rows are selected, wherever one is.
	await page.getByRole("checkbox", { name: `Select ${later}` }).check();
	await expect(page.getByText("Held while rows are selected")).toBeVisible();
	const last = newId("calm");
	await stand.engine.client.start("hopeless", last, {});
	await stand.engine.client.result(last, { timeout: "20s" });
	await expect(first).toHaveAttribute("data-instance-id", later);
	await page.getByRole("button", { name: "Deselect" }).click();
	await expect(first).toHaveAttribute("data-instance-id", last);
});

test.describe("a list of many pages", () => {
	const PAGE = 50;
	const MANY = 2 * PAGE + 20;

	test("says how many match, and every page has an address that reload, Back and a link lead to", async ({
		page,
		context,
		stand,
		newId,
	}) => {
		const ids = Array.from({ length: MANY }, () => newId("paged"));
		for (const id of ids) await stand.engine.client.start("hopeless", id, {}, { labels: { of: "pages" } });
		const newestFirst = ids.toReversed();
		const shown = () =>
			page.locator("[data-instance-id]").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-instance-id")));
		const pages = page.getByRole("navigation", { name: "Pages" });
		const go = (name: string) => pages.getByRole("button", { name, exact: true }).click();

		await page.goto("/instances?label=of%3Dpages");
		await expect(page.getByText(`${MANY} match, `)).toBeVisible();
		expect(await shown()).toEqual(newestFirst.slice(0, PAGE));
		await expect(pages.getByRole("button")).toHaveText(["Older"]);

		await go("Older");
		await expect.poll(shown).toEqual(newestFirst.slice(PAGE, 2 * PAGE));
		await expect(page.getByText(`${MANY} match, `)).toBeVisible();
		const second = page.url();
		await page.reload();
		expect(await shown()).toEqual(newestFirst.slice(PAGE, 2 * PAGE));
		await go("Older");
		await expect.poll(shown).toEqual(newestFirst.slice(2 * PAGE));
		await expect(pages.getByRole("button")).toHaveText(["Newest", "Newer"]);
		await page.goBack();
		await expect.poll(shown).toEqual(newestFirst.slice(PAGE, 2 * PAGE));
		await page.goForward();
		await expect.poll(shown).toEqual(newestFirst.slice(2 * PAGE));

		await go("Newer");
		await expect.poll(shown).toEqual(newestFirst.slice(PAGE, 2 * PAGE));
		const fromBelow = page.url();
		expect(fromBelow).toContain("towards=newer");
		// Towards newer the top is reached: that is the newest page, under its plain address.
		await go("Newer");
		await expect.poll(shown).toEqual(newestFirst.slice(0, PAGE));
		await expect.poll(() => new URL(page.url()).search).toBe("?label=of=pages");
		await expect(pages.getByRole("button")).toHaveText(["Older"]);
		// What comes in meanwhile moves the newest page, and none that was linked.
		const late = newId("paged");
		await stand.engine.client.start("hopeless", late, {}, { labels: { of: "pages" } });
		await expect.poll(shown).toEqual([late, ...newestFirst.slice(0, PAGE - 1)]);
		const other = await context.newPage();
		for (const url of [second, fromBelow]) {
			await other.goto(url);
			const first = other.locator("[data-instance-id]").first();
			await expect(first).toHaveAttribute("data-instance-id", newestFirst[PAGE] ?? "");
		}
		// Another filter begins with its own newest.
		await page.goto(second);
		await page.getByRole("button", { name: "Remove filter: of=pages" }).click();
		await expect(page).not.toHaveURL(/cursor=/);
	});
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

test("a failed row says where and why it failed, beside what others do now", async ({ page, stand, newId }) => {
	const failed = newId("why-failed");
	const running = newId("why-running");
	await stand.engine.client.start("hopeless", failed, {});
	await stand.engine.client.result(failed, { timeout: "20s" });
	await stand.engine.client.start("tour", running, {});
	await page.goto("/instances?id=why-");
	const cells = (id: string) => page.locator(`[data-instance-id="${id}"]`).getByRole("cell");
	const why = "call RangeError: refused for the third time <b>&amp;</b>";
	await expect(cells(failed).filter({ hasText: why })).toHaveCount(1);
	await expect(page.getByTitle(`RangeError in call: refused for the third time <b>&amp;</b>`)).toBeVisible();
	await expect(cells(running).filter({ hasText: /^load (runs|is ready)$/ })).toHaveCount(1);
	await expect(page.getByRole("columnheader", { name: "Now, or why it failed" })).toBeVisible();
});

test("a search says how it begins: with Enter, or with the button that comes with the first letter", async ({
	page,
	stand,
	newId,
}) => {
	const id = newId("sought");
	await stand.engine.client.start("tour", id, {});
	await page.goto("/instances");
	const search = page.getByRole("search");
	await expect(search.getByRole("button")).toHaveCount(0);
	await search.getByRole("textbox", { name: "Id begins with" }).fill(id);
	await search.getByRole("button", { name: "Search" }).click();
	await expect(page).toHaveURL(new RegExp(`id=${id}`));
	await search.getByRole("combobox", { name: "Search by" }).selectOption("open");
	await search.getByRole("textbox", { name: "Go to instance id" }).fill(id);
	await search.getByRole("button", { name: "Open" }).click();
	await expect(page).toHaveURL(new RegExp(`/instances/${id}`));
});
