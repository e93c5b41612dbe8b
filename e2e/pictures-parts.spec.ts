import type { Locator, Page } from "@playwright/test";
import { InstancePage } from "./instance-page.ts";
import { expect, looksAsEver, test } from "./stand/visual-test.ts";

const SHOWN = [
	...["failed-5-attempts", "retrying", "running", "two-signals", "delay-3-days", "route-small", "loop-completed"],
	...["every-kind", "fork-200", "pending", "paused", "cancelled", "completed", "cancelling-stuck", "invoice-012"],
];

test.use({ scenarios: SHOWN, viewport: { width: 1180, height: 560 } });

const header = (page: Page) => page.locator("header:has(h1), header:has([data-testid=instance-status])").first();
const canvas = (page: Page) => page.locator(".plan-canvas");

async function open(page: Page, path: string): Promise<InstancePage> {
	await page.goto(`/instances/${path}`);
	await expect(page.getByTestId("instance-status")).toBeVisible();
	if (path.includes("view=graph") && !path.includes("as=outline")) {
		await expect(page.locator("[data-graph-ready]")).toBeVisible();
	}
	await expect(page.locator("[data-connection=live], [data-connection=ended]")).toBeVisible();
	return new InstancePage(page);
}

/** What is drawn of each plan, and the header that belongs to it. */
const PLANS = [
	["failed-5-attempts", "cards completed, failed and pending"],
	["retrying", "a card that is tried again"],
	["running", "a card that runs beside one that is done"],
	["two-signals", "waits for signals"],
	["delay-3-days", "a delay"],
	["route-small", "a case that was taken and three that were not"],
	["loop-completed", "the box of a loop"],
	["every-kind", "one node of each kind"],
	["fork-200", "a fork of 200 branches with its stack"],
	["cancelled", "what was cancelled"],
] as const;

for (const [id, shows] of PLANS) {
	test(`${shows}: the plan looks as ever`, async ({ page }) => {
		await open(page, `${id}?view=graph`);
		await looksAsEver(page, canvas(page), `plan-${id}`);
	});
}

for (const id of ["running", "retrying", "pending", "paused", "cancelled", "completed"]) {
	test(`the header of an instance that is ${id} looks as ever`, async ({ page }) => {
		await open(page, `${id}?view=audit`);
		await looksAsEver(page, header(page), `header-${id}`);
	});
}

test("what is told above a plan looks as ever: a failure, who paused it, and a cancel that hangs", async ({ page }) => {
	await open(page, "failed-5-attempts?view=audit");
	await looksAsEver(page, page.getByRole("region", { name: "Failure" }), "failure-card");
	await open(page, "paused?view=audit");
	await looksAsEver(page, page.locator("[data-tone=plain]"), "banner-paused");
	await open(page, "cancelling-stuck?view=audit");
	const overdue = page.locator("[data-tone=amber]");
	await expect(overdue).toContainText("it is alive");
	await overdue.evaluate(nameNoProcess);
	await looksAsEver(page, overdue, "banner-overdue");
});

test("the tabs of the inspector look as ever", async ({ page }) => {
	const shown: readonly (readonly [string, string, RegExp | null])[] = [
		["overview", "retrying?view=graph&node=book_carrier", /Next attempt/],
		["attempts", "failed-5-attempts?view=graph&node=pay_back&tab=attempts", /Attempt 1/],
		["output", "completed?view=graph&node=book&tab=output", null],
		["definition", "retrying?view=graph&node=book_carrier&tab=definition", null],
	];
	for (const [name, path, text] of shown) {
		const instance = await open(page, path);
		if (text !== null) await expect(instance.inspector).toContainText(text);
		await looksAsEver(page, instance.inspector, `inspector-${name}`);
	}
});

test("timeline and outline look as ever", async ({ page }) => {
	await open(page, "failed-5-attempts?view=timeline");
	await looksAsEver(page, page.getByRole("treegrid"), "timeline");
	await open(page, "every-kind?view=graph&as=outline");
	await looksAsEver(page, page.getByRole("treegrid"), "outline");
});

test("what opens above the page looks as ever", async ({ page }) => {
	const dialog = page.getByRole("dialog");
	const shown: readonly (readonly [string, (instance: InstancePage) => Promise<void>])[] = [
		["cancel", (instance) => instance.button("Cancel").click()],
		["signal", (instance) => instance.button("Send signal").click()],
		["legend", (instance) => instance.button("Legend and filter").click()],
		["keys", () => page.keyboard.press("?")],
	];
	for (const [name, opens] of shown) {
		await opens(await open(page, "running?view=graph"));
		await expect(dialog).toBeVisible();
		await looksAsEver(page, dialog, `dialog-${name}`);
	}
});

test("two runs side by side look as ever", async ({ page }) => {
	await page.goto("/compare?left=completed&right=invoice-012&node=check");
	await expect(page.getByRole("region", { name: "Its input, from A to B" })).toContainText("Changed");
	await expect(page.getByRole("region", { name: "Input, from A to B", exact: true })).toContainText("Changed");
	await expect(page.locator(".animate-pulse")).toHaveCount(0);
	await looksAsEver(page, page.locator("main"), "compare");
});

test("what failed, and what is gone, looks as ever", async ({ page }) => {
	const main = page.locator("main");
	await page.route("**/value?*", (route) => route.fulfill({ json: { size: 3, encoding: "text", wrappers: null } }));
	await open(page, "completed?view=io");
	await expect(main.getByRole("alert")).toContainText("could not be shown");
	await looksAsEver(page, main, "failed-view");
	await page.route("**/api/instances/failed-5-attempts", (route) =>
		route.fulfill({ status: 404, json: { error: { code: "InstanceNotFound", message: "It is gone." } } }),
	);
	await open(page, "failed-5-attempts?view=audit");
	await page.getByRole("button", { name: "Retry" }).click();
	const gone = page.getByRole("region", { name: "Deleted" });
	await expect(gone).toBeVisible();
	await looksAsEver(page, gone, "gone-banner");
});

test("the pill looks as ever in all that it says", async ({ page }) => {
	const pill = page.locator("[data-connection]");
	const says = async (name: string, id: string, text: string) => {
		await page.goto(`/instances/${id}`);
		await expect(pill).toContainText(text);
		// How long ago depends on the machine.
		await pill.evaluate((element) => element.querySelector("[role=status] + *")?.remove());
		await looksAsEver(page, pill, `pill-${name}`, { maxDiffPixels: 4 });
	};
	await says("live", "running?view=audit", "Live");
	await says("ended", "completed?view=audit", "Ended");
	await says("paused", "running?view=audit&live=0", "Paused by you");
	let streams = 0;
	await page.route("**/stream?*", (route) => {
		streams += 1;
		// The second one hangs, so that the page goes on connecting.
		return streams === 1 ? route.abort() : new Promise(() => undefined);
	});
	await says("reconnecting", "running?view=audit", "Reconnecting…");
	await page.route("**/api/instances/**", (route) => route.fulfill({ status: 401, json: {} }));
	await says("signed-out", "running?view=audit", "Signed out");
});

test("empty and missing things look as ever", async ({ page }) => {
	const shown: readonly (readonly [string, string, (page: Page) => Locator])[] = [
		["no-match", "/instances?id=nothing", (on) => on.locator("main")],
		["no-instance", "/instances/nobody", (on) => on.locator("main")],
		["no-page", "/no/such", (on) => on.locator("main")],
		["no-audit", "/instances/running?view=audit", (on) => on.getByText("Nobody has paused")],
	];
	for (const [name, path, what] of shown) {
		await page.goto(path);
		await expect(what(page)).toBeVisible();
		await expect(page.locator(".animate-pulse")).toHaveCount(0);
		await looksAsEver(page, what(page), `empty-${name}`);
	}
});

/** Host and pid are those of the run. */
function nameNoProcess(told: Element): void {
	const texts = document.createTreeWalker(told, NodeFilter.SHOW_TEXT);
	while (texts.nextNode() !== null) {
		const text = texts.currentNode;
		text.textContent = text.textContent?.replace(/\(.+, pid \d+\)/, "(host, pid 4711)") ?? null;
	}
}
