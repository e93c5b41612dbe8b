import { InstancePage } from "./instance-page.ts";
import { expect, test } from "./stand/test.ts";

test("an instance is seen to move through the graph without a reload", async ({ page, stand, newId }) => {
	const id = newId("live");
	await stand.engine.client.start("tour", id, { crate: 7 });
	const instance = new InstancePage(page);
	await instance.open(id);
	// Lost if the page were loaded again.
	await page.evaluate(() => document.body.setAttribute("data-same-page", "yes"));
	await instance.nodeIs("load", "running");
	await instance.nodeIs("work/left/paint", "pending");
	await expect(page.locator("[data-connection=live]")).toBeVisible();

	stand.engine.openGate(id, "load");
	await instance.nodeIs("load", "completed");
	await instance.nodeIs("work/left/paint", "running");
	await instance.nodeIs("work/right/dry", "running");

	stand.engine.openGate(id, "work/right/dry");
	await instance.nodeIs("work/right/dry", "completed");
	await instance.nodeIs("work/left/paint", "running");
	await instance.nodeIs("pack", "pending");

	stand.engine.openGate(id, "work/left/paint");
	await instance.nodeIs("pack", "completed");
	await instance.nodeIs("approval", "awaiting_signal");
	await expect(instance.status).toContainText("Awaiting signal");
	await expect(page.locator("body")).toHaveAttribute("data-same-page", "yes");
});

test("graph, timeline and list show the same change in three tabs at once", async ({ page, context, stand, newId }) => {
	const id = newId("three");
	await stand.engine.client.start("tour", id, {});
	const graph = new InstancePage(page);
	await graph.open(id);
	const timeline = await context.newPage();
	await timeline.goto(`/instances/${id}?view=timeline`);
	const list = await context.newPage();
	await list.goto(`/instances?id=${id}`);
	const row = list.locator(`[data-instance-id="${id}"]`);
	const segment = (path: string, kind: string) =>
		timeline.locator(`[data-timeline-key="${path}"] [data-segment=${kind}]`);
	await graph.nodeIs("load", "running");
	await expect(segment("load", "running")).toBeVisible();
	await expect(row).toContainText("load");
	stand.engine.openGate(id, "load");
	await graph.nodeIs("work/left/paint", "running");
	await expect(segment("load", "succeeded")).toBeVisible();
	await expect(segment("work/left/paint", "running")).toBeVisible();
	await expect(row).toContainText("paint");
	await stand.engine.client.cancel(id, { by: "test" });
	await expect(graph.status).toContainText("Cancelled");
	await expect(segment("work/left/paint", "running")).toHaveCount(0);
	await expect(row).toContainText("Cancelled");
});

test("an instance that is started while the list is open appears in it, and ends there", async ({
	page,
	stand,
	newId,
}) => {
	const id = newId("listed");
	await page.goto("/instances");
	await stand.engine.client.start("tour", id, {});
	const row = page.locator(`[data-instance-id="${id}"]`);
	await expect(row).toContainText("Running");
	await stand.engine.client.cancel(id, { by: "test" });
	await expect(row).toContainText("Cancelled");
});

test("an instance of a known workflow can be started over HTTP, once", async ({ page, stand, newId }) => {
	const first = newId("seed");
	await stand.engine.client.start("tour", first, {});
	const id = newId("http");
	const start = { workflow: "tour", instanceId: id, input: { crate: 1 } };
	expect((await stand.post("/api/instances", start)).status).toBe(201);
	const again = await stand.post("/api/instances", start);
	expect(again.status).toBe(409);
	expect((await again.json()).error).toMatchObject({ code: "InstanceExists", instance: { instanceId: id } });
	const instance = new InstancePage(page);
	await instance.open(id);
	await instance.nodeIs("load", "running");
});
