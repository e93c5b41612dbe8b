import { InstancePage } from "./instance-page.ts";
import { violationsOf } from "./stand/axe.ts";
import { expect, test } from "./stand/gallery-test.ts";

test.use({
	scenarios: ["chain-1000", "loop-200", "every-kind", "failed-5-attempts", "fork-200", "retrying", "nodes-1000"],
});

test("a plan of more than 300 cards opens as a timeline, and what a reader is used to comes before that", async ({
	page,
}) => {
	const instance = new InstancePage(page);
	const timeline = page.getByRole("treegrid", { name: /Timeline/i });
	await instance.open("every-kind");
	await page.goto("/instances/chain-1000");
	await expect(timeline).toBeVisible();
	await page.getByRole("link", { name: "Graph", exact: true }).click();
	await instance.graphIsReady();
	await expect(page).toHaveURL(/view=graph/);
	await page.goto("/instances/chain-1000");
	await instance.graphIsReady();

	await page.goto("/settings");
	await expect(page.getByRole("radio", { name: "The graph", exact: true })).toBeChecked();
	await page.getByRole("radio", { name: "The timeline", exact: true }).check();
	await page.goto("/instances/every-kind");
	await expect(timeline).toBeVisible();
	await page.goto("/instances/every-kind?view=graph");
	await instance.graphIsReady();
	await page.keyboard.press("3");
	await page.goBack();
	await page.goto("/instances/every-kind");
	await expect(timeline).toBeVisible();
	await page.getByRole("link", { name: "Graph", exact: true }).click();
	await page.goto("/settings");
	await expect(page.getByRole("radio", { name: /^Whichever fits/ })).toBeChecked();
});

test("however far away the plan is looked at, what was open stays open", async ({ page }) => {
	const instance = new InstancePage(page);
	await instance.open("every-kind");
	const flow = page.locator(".plan-flow");
	for (let press = 0; press < 14; press += 1) await flow.press("-");
	await expect(page.locator("[data-lod=block]")).toBeVisible();
	await expect(instance.card("loop/round")).toBeVisible();
	await expect(instance.card("child/inside")).toBeVisible();

	await page.goto("/instances/nodes-1000?view=graph");
	await instance.graphIsReady();
	await flow.press("Home");
	await flow.press("1");
	const near = await page.locator(".plan-card").evaluateAll((cards) => cards.map((card) => card.dataset.nodeKey));
	for (let press = 0; press < 14; press += 1) await flow.press("-");
	await expect(page.locator(".plan-blocks")).toBeAttached();
	await flow.press("Home");
	await flow.press("1");
	await expect(page.locator("[data-lod=full]")).toBeVisible();
	const again = await page.locator(".plan-card").evaluateAll((cards) => cards.map((card) => card.dataset.nodeKey));
	expect(new Set(again)).toEqual(new Set(near));
});

test("a node has a page of its own, in the iteration that was looked at, and leads back to the plan", async ({
	page,
}) => {
	await page.goto("/instances/loop-200?node=pages/fetch&iter=pages:30");
	const instance = new InstancePage(page);
	await expect(instance.inspector).toContainText("pages[30]/fetch");
	await instance.inspector.getByRole("link", { name: "Open as a page" }).click();
	await expect(page).toHaveURL(/\/instances\/loop-200\/nodes\/pages%2Ffetch\?iter=pages(:|%3A)30/);
	await expect(page.getByRole("heading", { level: 1 })).toHaveText("fetch");
	await expect(instance.inspector).toContainText("pages[30]/fetch");
	await page.getByRole("tab", { name: /^Attempts/ }).click();
	await expect(page).toHaveURL(/tab=attempts/);
	await expect(instance.inspector.getByText("Attempt 3", { exact: true }).first()).toBeVisible();
	await page.reload();
	await expect(instance.inspector.getByText("Attempt 3", { exact: true }).first()).toBeVisible();
	await page.getByRole("link", { name: "Show in the plan" }).click();
	await instance.graphIsReady();
	await expect(instance.inspector).toContainText("pages[30]/fetch");
	await page.goBack();
	await expect(page.getByRole("heading", { level: 1 })).toHaveText("fetch");
});

test("attempts and history lead to the iteration that they tell of, as links that can be opened elsewhere", async ({
	page,
}) => {
	const instance = new InstancePage(page);
	await page.goto("/instances/loop-200?view=attempts&iter=pages:30");
	const attempt = page.getByRole("row").filter({ hasText: "pages[153]/fetch" }).first();
	const number = await attempt.getByRole("cell").nth(2).textContent();
	await attempt.getByRole("link", { name: "pages[153]/fetch" }).click();
	await expect(page).toHaveURL(/iter=pages(:|%3A)153/);
	await expect(instance.inspector.getByTitle("pages[153]/fetch")).toBeVisible();
	await expect(instance.inspector.locator(`[data-attempt="${number}"]`)).toBeVisible();
	await page.goBack();
	await expect(page.getByRole("table", { name: "Attempts that did not succeed" })).toBeVisible();

	await page.goto("/instances/loop-200?view=history");
	const link = page.getByRole("link", { name: "pages[171]/fetch" }).first();
	await page.goto(new URL((await link.getAttribute("href")) ?? "", page.url()).href);
	await instance.graphIsReady();
	await expect(instance.inspector.getByTitle("pages[171]/fetch")).toBeVisible();
});

test("the page of a fork leads to the pages of its branches, and Back comes back", async ({ page }) => {
	await page.goto("/instances/fork-200/nodes/send");
	await page.getByLabel("Filter by branch").fill("153");
	await page.getByRole("button", { name: /customer_153/ }).click();
	await expect(page).toHaveURL(/\/nodes\/send%2Fcustomer_153%2F/);
	await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
	await page.goBack();
	await expect(page.getByRole("heading", { level: 1 })).toHaveText("send");
});

test("the page of a node or an instance that does not exist says so", async ({ page }) => {
	await page.goto("/instances/every-kind/nodes/no%2Fsuch");
	await expect(page.getByRole("heading", { level: 1 })).toHaveText("This plan has no such node");
	await expect(page.getByText("There is nothing at no/such.")).toBeVisible();
	await page.getByRole("button", { name: "Open the plan" }).click();
	await expect(page).toHaveURL(/\/instances\/every-kind/);
	const answer = await page.goto("/instances/nobody/nodes/any");
	expect(answer?.status()).toBe(404);
	await expect(page.getByRole("heading", { name: "There is no such instance" })).toBeVisible();
});

test("one instance is one line among what needs attention, however many of its nodes are retried", async ({ page }) => {
	await page.goto("/");
	const queue = page.getByRole("region", { name: "Needs attention" });
	const lines = queue.locator("ul > li").filter({ has: page.getByRole("link", { name: "fork-200", exact: true }) });
	await expect(lines).toHaveCount(1);
	await expect(lines).toContainText("Retrying");
	await expect(queue.getByRole("link", { name: "retrying", exact: true })).toBeVisible();
	const more = lines.getByText(/^and \d more nodes of it$/);
	await more.focus();
	await page.keyboard.press("Enter");
	await lines.getByRole("listitem").getByRole("link").first().click();
	await expect(new InstancePage(page).inspector).toContainText("Retrying");
});

for (const colorScheme of ["light", "dark"] as const) {
	test.describe(`in the ${colorScheme} theme`, () => {
		test.use({ colorScheme });

		test("axe finds nothing on the page of a node, and it fits a small screen", async ({ page }) => {
			for (const node of ["failed-5-attempts/nodes/pay_back", "loop-200/nodes/pages", "fork-200/nodes/send"]) {
				for (const tab of ["overview", "output", "attempts"]) {
					await page.goto(`/instances/${node}?tab=${tab}`);
					await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
					expect(await violationsOf(page), `${node} ${tab}`).toEqual([]);
				}
			}
			await page.setViewportSize({ width: 320, height: 800 });
			await page.goto("/instances/loop-200/nodes/pages");
			await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
			const wider = await page.evaluate(
				() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
			);
			expect(wider).toBeLessThanOrEqual(0);
		});
	});
}
