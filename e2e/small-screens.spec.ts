import type { Page } from "@playwright/test";
import { expect, test } from "./stand/gallery-test.ts";

const SCENARIOS = [
	...["cancelled", "failed-5-attempts", "hostile", "invoice-001", "invoice-012", "completed"],
	...["two-signals", "retrying", "cancelling-stuck", "every-kind", "fork-200"],
];
test.use({ scenarios: [SCENARIOS, { scope: "worker" }] });

const PAGES = [
	...["/", "/instances", "/workflows", "/workflows/invoice", "/workflows/invoice/start", "/signals", "/workers"],
	...["/audit", "/settings", "/nothing", "/instances/nobody", "/instances/hostile/nodes/nowhere"],
	...["failed-5-attempts", "hostile"].flatMap((id) =>
		["graph", "timeline", "history", "io", "attempts"].map((view) => `/instances/${id}?view=${view}`),
	),
	...[
		"/instances/cancelled?view=audit",
		"/instances/cancelling-stuck",
		"/instances/fork-200?as=outline",
		"/instances/failed-5-attempts/nodes/pay_back",
		"/compare",
		"/compare?left=invoice-012",
		"/compare?left=invoice-001&right=invoice-012&node=check",
	],
];

/** Every table of rows, with a page that it stands on. */
const TABLES = [
	["Instances", "/instances"],
	["Workflows", "/workflows"],
	["Newest instances", "/workflows/invoice"],
	["Nodes", "/workflows/invoice"],
	["Versions", "/workflows/invoice"],
	["Open waits", "/signals"],
	["Workers", "/workers"],
	["Requests", "/audit"],
	["History", "/instances/failed-5-attempts?view=history"],
	["Attempts that did not succeed", "/instances/failed-5-attempts?view=attempts"],
	["Audit", "/instances/cancelled?view=audit"],
	["Recent runs", "/compare?left=invoice-012"],
	["Nodes of both runs", "/compare?left=invoice-001&right=invoice-012"],
] as const;

/** What can be moved sideways to see the rest of it. Values are shown as they are, and pictures are as wide as they are. */
function sideways(page: Page): Promise<readonly string[]> {
	return page.evaluate(() =>
		[document.documentElement, ...document.querySelectorAll("body *")]
			.filter((element) => {
				const { overflowX } = getComputedStyle(element);
				const scrolls = overflowX === "auto" || overflowX === "scroll" || element === document.documentElement;
				return scrolls && element.scrollWidth > element.clientWidth + 1;
			})
			.filter((element) => element.closest("pre, [data-value]") === null)
			.map((element) => `${element.tagName} ${element.getAttribute("aria-label") ?? element.className}`),
	);
}

async function isShown(page: Page, path: string): Promise<void> {
	await page.goto(path);
	await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

for (const width of [320, 768, 1024]) {
	test(`at ${width} px no page, and no table in it, is scrolled sideways`, async ({ page }) => {
		test.setTimeout(120_000);
		await page.setViewportSize({ width, height: 800 });
		for (const path of PAGES) {
			await isShown(page, path);
			await expect.poll(() => sideways(page), path).toEqual([]);
		}
	});
}

test("a row is a card on a small screen, and still a row of a table for who does not see it", async ({ page }) => {
	await page.setViewportSize({ width: 320, height: 800 });
	for (const [name, path] of TABLES) {
		await isShown(page, path);
		const table = page.getByRole("table", { name, exact: true });
		await expect(table, name).toBeVisible();
		const heads = await table.getByRole("columnheader").allInnerTexts();
		expect(heads.filter((head) => head.trim() !== "").length, name).toBeGreaterThan(1);
		const row = table.getByRole("row").nth(1);
		const { width } = (await row.boundingBox()) ?? { width: 0 };
		expect(width, `${name}: px of a row`).toBeGreaterThan(250);
		// Two of its cells stand below each other.
		const tops = await row
			.getByRole("cell")
			.evaluateAll((cells) => cells.map((cell) => Math.round(cell.getBoundingClientRect().top)));
		expect(new Set(tops).size, `${name}: lines of a row`).toBeGreaterThan(1);
	}
});

test("the browser tells assistive technology the same table on a small screen as on a large one", async ({ page }) => {
	const shape = async (width: number) => {
		await page.setViewportSize({ width, height: 800 });
		await isShown(page, "/workers");
		const client = await page.context().newCDPSession(page);
		const { nodes } = await client.send("Accessibility.getFullAXTree");
		const roles = nodes.filter(({ ignored }) => !ignored).map(({ role }) => String(role?.value));
		const count = (role: string) => roles.filter((each) => each === role).length;
		return { tables: count("table"), rows: count("row"), heads: count("columnheader"), cells: count("cell") };
	};
	const wide = await shape(1440);
	expect(wide).toEqual({ tables: 1, rows: 2, heads: 8, cells: 8 });
	expect(await shape(320)).toEqual(wide);
});

test("every place of the navigation, and every target on it, is within reach of a thumb at 320 px", async ({
	page,
}) => {
	await page.setViewportSize({ width: 320, height: 800 });
	await isShown(page, "/");
	const links = page.getByRole("navigation", { name: "Main" }).getByRole("link");
	await expect(links).toHaveCount(8);
	for (const link of await links.all()) {
		const box = await link.boundingBox();
		expect(
			(box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 0) <= 320,
			String(await link.getAttribute("href")),
		).toBe(true);
	}
});
