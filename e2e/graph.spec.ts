import type { Locator, Page } from "@playwright/test";
import { InstancePage } from "./instance-page.ts";
import { violationsOf } from "./stand/axe.ts";
import { expect, test } from "./stand/gallery-test.ts";

test.use({
	scenarios: ["fork-200", "loop-200", "nested-6", "every-kind", "nodes-1000", "nodes-10000", "route-small"],
});

async function open(page: Page, id: string, search = ""): Promise<InstancePage> {
	const instance = new InstancePage(page);
	await page.goto(`/instances/${id}${search === "" ? "?" : `${search}&`}view=graph`);
	await instance.graphIsReady();
	return instance;
}

function canvas(page: Page): Locator {
	return page.locator(".plan-flow");
}

function spoken(page: Page): Locator {
	return page.locator(".plan-canvas > [aria-live=polite]");
}

test.describe("a fork of 200 branches", () => {
	test("stands as four branches, failed ones first, and a stack of the others", async ({ page }) => {
		const instance = await open(page, "fork-200");
		for (const name of ["005", "042", "079", "116"]) await instance.nodeIs(`send/customer_${name}/send`, "failed");
		const stack = instance.card("send:");
		await expect(stack).toContainText("+196 branches");
		await expect(stack).toContainText("11 running");
		await expect(page.locator(".plan-card")).toHaveCount(4 + 2 * 4 + 1);
	});

	test("lists its branches when the stack is clicked, filtered by state and name, and goes to the one chosen", async ({
		page,
	}) => {
		const instance = await open(page, "fork-200");
		await instance.card("send:").click();
		const branches = instance.inspector.getByRole("region", { name: "Branches" });
		await expect(branches.getByRole("heading")).toContainText("200");
		await branches.getByLabel("State").selectOption("failed");
		await expect(branches.getByRole("listitem")).toHaveCount(6);
		await branches.getByLabel("Filter by branch").fill("153");
		await branches.getByRole("button", { name: /customer_153/ }).click();
		await expect(page).toHaveURL(/node=send%2Fcustomer_153|node=send\/customer_153/);
		await expect(instance.card("send/customer_153/send")).toBeVisible();
	});
});

test("a search finds what is folded away, goes round, and opens what is around it", async ({ page }) => {
	const instance = await open(page, "nodes-10000");
	await expect(instance.card("stage_9:")).toHaveCount(0);
	await canvas(page).press("/");
	const box = page.getByRole("combobox", { name: "Search in the graph" });
	await box.fill("step_49 pending");
	await expect(page.locator(".plan-search [role=status]")).toContainText("158");
	await box.press("Enter");
	await expect(page.locator(".plan-search [role=status]")).toContainText("1/158");
	await box.press("Shift+Enter");
	await expect(page.locator(".plan-search [role=status]")).toContainText("158/158");
	await expect(instance.card("stage_25/region_8/step_49")).toHaveAttribute("data-mark", "focused");
	await box.press("Escape");
	await expect(canvas(page)).toBeFocused();
});

test("the keyboard walks the plan from one tab stop, and every step is spoken", async ({ page }) => {
	await open(page, "fork-200");
	await expect(
		page.locator(".plan-flow [tabindex='0'], .plan-flow a, .plan-flow button:not([tabindex='-1'])"),
	).toHaveCount(0);
	await expect(page.locator(".plan-card :is(button, a, input, [tabindex])")).toHaveCount(0);
	const steps: readonly (readonly [string, string | RegExp])[] = [
		["Home", "segment, task, completed"],
		["ArrowRight", "send, fork, running"],
		["ArrowRight", "render, task, completed, in send/customer_005"],
		["ArrowRight", "send, task, failed, in send/customer_005"],
		["ArrowDown", "send, task, failed, in send/customer_042"],
		["ArrowDown", "send, task, failed, in send/customer_079"],
		["ArrowDown", "send, task, failed, in send/customer_116"],
		["ArrowDown", /^196 branches of send, 392 nodes, 2 failed, .*, folded$/],
		["ArrowRight", /^sum_up, join, pending, \d+ of 200 branches ended$/],
		["End", "report, task, pending"],
		["f", "send, task, failed, in send/customer_005"],
		["p", "Only the path to here"],
		["p", "The whole plan"],
	];
	await canvas(page).focus();
	for (const [key, text] of steps) {
		await page.keyboard.press(key);
		await expect(spoken(page)).toHaveText(text);
	}
});

test("what the reader folds stays folded after a reload, in the outline too, and opens again", async ({ page }) => {
	const instance = await open(page, "every-kind");
	await expect(instance.card("loop/round")).toBeVisible();
	await instance.card("loop").locator("[data-fold]").click();
	await expect(instance.card("loop/round")).toHaveCount(0);
	await expect(instance.card("loop")).toContainText("1 node");
	await page.reload();
	await instance.graphIsReady();
	await expect(instance.card("loop/round")).toHaveCount(0);
	await instance.button("Outline").click();
	const row = page.getByRole("row", { name: /^loop loop/ });
	await expect(row).toHaveAttribute("aria-expanded", "false");
	await row.focus();
	await page.keyboard.press("ArrowRight");
	await expect(row).toHaveAttribute("aria-expanded", "true");
	await instance.button("Picture").click();
	await expect(instance.card("loop/round")).toBeVisible();
});

test("Space folds the group at hand, and the card under the eyes stays where it is", async ({ page }) => {
	const instance = await open(page, "every-kind");
	await instance
		.card("child")
		.locator(".plan-box-header")
		.click({ position: { x: 40, y: 10 } });
	await canvas(page).focus();
	const before = await instance.card("child").boundingBox();
	await page.keyboard.press(" ");
	await expect(spoken(page)).toHaveText("child, folded");
	await expect(instance.card("child/inside")).toHaveCount(0);
	const after = await instance.card("child").boundingBox();
	expect(Math.abs((after?.x ?? 0) - (before?.x ?? 0))).toBeLessThan(2);
	expect(Math.abs((after?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(2);
	await page.keyboard.press(" ");
	await expect(instance.card("child/inside")).toBeVisible();
});

test("a loop shows the iteration that was picked, with its failures, until it is let go", async ({ page }) => {
	const instance = await open(page, "loop-200", "?node=pages");
	const list = instance.inspector.getByRole("region", { name: "Iterations" });
	await list.getByLabel("State").selectOption("failed-ever");
	await list.getByRole("button", { name: /^iteration 30 / }).click();
	await expect(instance.card("pages")).toContainText("iteration 30 · latest 173");
	await instance.nodeIs("pages/fetch", "completed");
	await expect(instance.card("pages/fetch")).toContainText("3/3");
	await instance.inspector.getByRole("button", { name: "Follow the latest iteration" }).click();
	await expect(instance.card("pages")).toContainText("iteration 173 · at most 200");
	await instance.nodeIs("pages/fetch", "running");
});

test("an iteration is chosen by its number, from the keyboard alone, and the address keeps it", async ({ page }) => {
	const instance = await open(page, "loop-200");
	await canvas(page).focus();
	await page.keyboard.press("f");
	await page.keyboard.press("Home");
	await page.keyboard.press("n");
	await expect(spoken(page)).toHaveText("No loop here.");
	await page.keyboard.press("ArrowRight");
	await page.keyboard.press("n");
	const number = page.getByRole("combobox", { name: "Number of the iteration" });
	await expect(number).toBeFocused();
	await page.keyboard.type("500");
	await expect(page.getByText("No iteration 500 has begun; the latest is 173.")).toBeVisible();
	await page.keyboard.press("Enter");
	await expect(number).toBeVisible();
	expect(await violationsOf(page)).toEqual([]);
	await number.fill("30");
	await expect(page.getByRole("option", { name: /^30\b.*Completed/ })).toBeVisible();
	await page.keyboard.press("Enter");
	await expect(instance.card("pages")).toContainText("iteration 30 · latest 173");
	await expect(canvas(page)).toBeFocused();
	await expect(page).toHaveURL(/iter=pages(:|%3A)30/);
	await page.keyboard.press("n");
	await page.getByRole("checkbox", { name: /^Only those with failures/ }).check();
	await number.focus();
	await page.keyboard.press("ArrowDown");
	await page.keyboard.press("Enter");
	await expect(instance.card("pages/fetch")).toContainText(/\d\/3/);
	await page.keyboard.press("n");
	await page.getByRole("button", { name: "Follow latest" }).click();
	await expect(instance.card("pages")).toContainText("iteration 173 · at most 200");
	await expect(page).not.toHaveURL(/iter=/);
});

test("the header of a box has room for its whole name and state, however small what it holds is", async ({ page }) => {
	const instance = await open(page, "every-kind");
	for (const box of ["loop", "child"]) {
		const header = instance.card(box).locator(".plan-box-header");
		await expect(header).toContainText("Completed");
		const cut = await header
			.locator(".truncate")
			.evaluateAll((texts) =>
				texts.filter((text) => text.scrollWidth > text.clientWidth).map((text) => text.textContent),
			);
		expect(cut, `cut in the header of ${box}`).toEqual([]);
	}
});

test("the legend filters by state, in the address and in the outline as well", async ({ page }) => {
	const instance = await open(page, "fork-200");
	await page.getByRole("button", { name: "Legend and filter" }).click();
	await page.getByRole("button", { name: /^Failed/ }).click();
	await page.keyboard.press("Escape");
	await expect(page).toHaveURL(/states=failed/);
	await expect(instance.card("segment")).toHaveCSS("opacity", "0.35");
	await expect(instance.card("send/customer_005/send")).toHaveCSS("opacity", "1");
	await expect(instance.card("send:")).toHaveCSS("opacity", "1");
	await instance.button("Outline").click();
	await expect(page.getByRole("row", { name: /task Failed/ })).toHaveCount(6);
});

test("the plan runs from top to bottom for those who want it, and the browser remembers", async ({ page }) => {
	const instance = await open(page, "every-kind");
	const fromFirstToLast = async () => {
		await canvas(page).press("0");
		const [first, last] = [await instance.card("task").boundingBox(), await instance.card("last").boundingBox()];
		return { across: (last?.x ?? 0) - (first?.x ?? 0), down: (last?.y ?? 0) - (first?.y ?? 0) };
	};
	await page.getByRole("button", { name: "Run from top to bottom" }).click();
	await page.reload();
	await instance.graphIsReady();
	const down = await fromFirstToLast();
	expect(Math.abs(down.across)).toBeLessThan(3);
	expect(down.down).toBeGreaterThan(300);
	await page.getByRole("button", { name: "Run from left to right" }).click();
	const right = await fromFirstToLast();
	expect(right.across).toBeGreaterThan(300);
	expect(Math.abs(right.down)).toBeLessThan(3);
});

test("no card moves while states change", async ({ page, gallery }) => {
	const instance = await open(page, "nodes-1000", "?node=stage_7/pulse/pulse/beat");
	await expect(page.locator("[data-connection=live]")).toBeVisible();
	const places = () =>
		page
			.locator(".react-flow__node")
			.evaluateAll((all) => Object.fromEntries(all.map((one) => [one.getAttribute("data-id"), one.style.transform])));
	const before = await places();
	await expect(instance.card("stage_7/pulse/pulse")).toContainText("iteration 0 ·");
	for (let beat = 2; beat <= 4; beat += 1) {
		await gallery.sendSignal("nodes-1000", "beat", { beat });
		await expect(instance.card("stage_7/pulse/pulse")).toContainText(`iteration ${beat - 1} ·`);
	}
	expect(await places()).toEqual(before);
});

test("the case that was not taken is drawn as not taken", async ({ page }) => {
	const instance = await open(page, "route-small");
	await instance.nodeIs("size/small/pay", "completed");
	await instance.nodeIs("size/large/inspect", "skipped");
	await instance.nodeIs("size/default/human", "skipped");
	await expect(page.locator(".plan-caption[data-chosen]")).toHaveText(/small/);
});

test("following stops when the reader moves the view, says so, and goes on when asked", async ({ page }) => {
	const instance = await open(page, "nested-6");
	await page.getByRole("button", { name: "Follow running" }).click();
	await canvas(page).hover();
	await page.mouse.wheel(900, 0);
	const chip = page.getByRole("button", { name: /Follow paused/ });
	await chip.click();
	await expect(chip).toHaveCount(0);
	await expect(instance.card("level_1/level_2/level_3/level_4/level_5/level_6/deepest")).toBeInViewport();
});

for (const colorScheme of ["light", "dark"] as const) {
	test.describe(`in the ${colorScheme} theme`, () => {
		test.use({ colorScheme });

		for (const id of ["fork-200", "loop-200", "nested-6", "every-kind"]) {
			test(`axe finds nothing on the graph of ${id}`, async ({ page }) => {
				const instance = await open(page, id);
				expect(await violationsOf(page)).toEqual([]);
				await canvas(page).press("Home");
				await page.keyboard.press("Enter");
				await expect(instance.inspector).toBeVisible();
				await canvas(page).press("/");
				await page.keyboard.type("send");
				expect(await violationsOf(page)).toEqual([]);
			});
		}
	});
}
