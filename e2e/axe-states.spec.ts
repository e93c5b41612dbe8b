import type { Page } from "@playwright/test";
import Database from "better-sqlite3";
import { InstancePage } from "./instance-page.ts";
import { violationsOf } from "./stand/axe.ts";
import { startDashboard } from "./stand/dashboard-stand.ts";
import { EngineStand } from "./stand/engine-stand.ts";
import { test as base, expect } from "./stand/test.ts";

const LISTS = ["/", "/instances", "/workflows", "/signals", "/workers", "/audit"];

interface OtherDashboards {
	/** The address of one on which nothing has ever been started. */
	readonly emptyUrl: string;
	/** The address of one whose database lost its tables. */
	readonly brokenUrl: string;
}

const test = base.extend<object, OtherDashboards>({
	emptyUrl: [async ({ storage: _ }, use) => withDashboard(use, () => undefined), { scope: "worker", timeout: 120_000 }],
	brokenUrl: [async ({ storage: _ }, use) => withDashboard(use, loseTables), { scope: "worker", timeout: 120_000 }],
});

async function withDashboard(
	use: (url: string) => Promise<void>,
	prepare: (engine: EngineStand) => void,
): Promise<void> {
	const engine = await EngineStand.open();
	const { program, url } = await startDashboard(engine);
	prepare(engine);
	await use(url);
	await program.stop();
	await engine.close();
}

function loseTables({ database }: EngineStand): void {
	const file = new Database(database.slice("file:".length));
	for (const table of ["instance", "worker", "control_request", "definition"])
		file.exec(`ALTER TABLE ${table} RENAME TO lost_${table}`);
	file.close();
}

/** Only what is new in that state: the page around it is looked at elsewhere. */
async function isClean(page: Page, what: string, part: string): Promise<void> {
	const violations = await violationsOf(page, part);
	expect(violations, what).toEqual([]);
}

for (const colorScheme of ["light", "dark"] as const) {
	test.describe(`in the ${colorScheme} theme`, () => {
		test.use({ colorScheme });

		for (const path of LISTS) {
			test(`axe finds nothing where nothing is to be listed: ${path}`, async ({ page, emptyUrl }) => {
				await page.goto(emptyUrl + path);
				await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
				await expect(page.locator(".animate-pulse")).toHaveCount(0);
				await isClean(page, path, "main");
			});
		}

		test("axe finds nothing where a filter lets nothing through", async ({ page, stand, newId }) => {
			await stand.engine.client.start("tour", newId("axe-filter"), {});
			for (const [path, says] of [
				["/audit?by=nobody", "No request meets all of these."],
				["/signals?signal=never_awaited", "Nothing waits for that signal now."],
				["/instances?id=matches-nothing", /match/],
			] as const) {
				await page.goto(path);
				await expect(page.locator("main").getByText(says).first()).toBeVisible();
				await isClean(page, path, "main");
			}
		});

		test.describe("of a dashboard whose database is broken", () => {
			// That is what the browser is told.
			test.use({ quietConsole: undefined });

			for (const path of [
				...LISTS,
				"/instances/any",
				"/workflows/tour",
				"/workflows/tour/start",
				"/compare?left=any&right=other",
			]) {
				test(`axe finds nothing on ${path}, which says so`, async ({ page, brokenUrl }) => {
					await page.goto(brokenUrl + path);
					await expect(page.getByText(/could not|did not|went wrong/).first()).toBeVisible();
					await isClean(page, path, "main");
				});
			}
		});

		test("axe finds nothing in any panel of the list", async ({ page, stand, newId }) => {
			await stand.engine.client.start("tour", newId("axe-panel"), {});
			await page.goto("/instances");
			for (const panel of ["More filters", "Columns and density", /^View:/, /^Filter by workflow/]) {
				await page.getByRole("button", { name: panel }).click();
				await expect(page.locator("[popover]:popover-open")).toBeVisible();
				await isClean(page, String(panel), "[popover]:popover-open");
				await page.keyboard.press("Escape");
			}
		});

		test("axe finds nothing in what asks before it acts", async ({ page, stand, newId }) => {
			const id = newId("axe-asks");
			await stand.engine.client.start("tour", id, {});
			stand.engine.openGate(id, "load");
			await expect.poll(() => stand.engine.running(id)).toEqual(["work/left/paint", "work/right/dry"]);
			await new InstancePage(page).open(id);
			await page.getByRole("button", { name: "Pause", exact: true }).click();
			await expect(page.getByRole("dialog")).toBeVisible();
			await isClean(page, "pause", "[role=dialog]");
			for (const path of ["work/left/paint", "work/right/dry"]) stand.engine.openGate(id, path);
			await page.goto("/signals?signal=manager_approval");
			await page.getByRole("button", { name: `Send manager_approval to ${id}` }).click();
			await expect(page.getByRole("dialog")).toBeVisible();
			await isClean(page, "signal", "[role=dialog]");
		});

		test("axe finds nothing in palette and sheet over a page of their own commands", async ({ page }) => {
			await page.goto("/audit");
			for (const [key, name] of [
				["Control+k", "Search, jump, act"],
				["?", "Keyboard shortcuts"],
			] as const) {
				await page.keyboard.press(key);
				await expect(page.getByRole("dialog", { name })).toBeVisible();
				await isClean(page, name, "[role=dialog]");
				await page.keyboard.press("Escape");
				await expect(page.getByRole("dialog")).toHaveCount(0);
			}
		});
	});
}
