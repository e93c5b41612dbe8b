import { connect } from "../packages/persistence/src/sqlite/connection.ts";
import { InstancePage } from "./instance-page.ts";
import type { EngineStand } from "./stand/engine-stand.ts";
import { expect, test } from "./stand/test.ts";

/** Writes into the rows of an instance what an engine to come might write there. SQLite alone: rows are rows. */
function write(engine: EngineStand, instanceId: string, status: string, openNodes: string): void {
	const database = connect(engine.database.replace("file:", ""), "normal");
	try {
		database.pragma("busy_timeout = 5000");
		database.exec("BEGIN IMMEDIATE");
		const row = "run_id = (SELECT run_id FROM instance WHERE instance_id = ?)";
		database.prepare(`UPDATE open_node SET state = ?, version = version + 1 WHERE ${row}`).run(openNodes, instanceId);
		database
			.prepare("UPDATE instance SET status = ?, version = version + 1 WHERE instance_id = ?")
			.run(status, instanceId);
		database.exec("COMMIT");
	} finally {
		database.close();
	}
}

test("statuses that only a newer engine knows are told by their names, everywhere, and break nothing", async ({
	page,
	stand,
	newId,
}) => {
	const id = newId("newer");
	const { engine } = stand;
	await engine.client.start("tour", id, {});
	for (const path of ["load", "work/left/paint", "work/right/dry"]) engine.openGate(id, path);
	await expect.poll(() => engine.recorded(id)).toContain("pack");
	const instance = new InstancePage(page);
	await instance.open(id);
	await instance.nodeIs("approval", "awaiting_signal");

	await test.step("as a change that comes while one looks", async () => {
		write(engine, id, "under_review", "on_hold");
		await instance.nodeIs("approval", "on_hold");
		await expect(instance.card("approval")).toContainText("On hold");
		await expect(instance.status).toContainText("Under review");
		await expect(instance.status).toContainText("1 on hold");
		await expect(page.locator("[data-connection]")).toHaveText("Live");
	});
	await test.step("in a look of its own, without a colour that means something else", async () => {
		await expect(instance.card("approval")).toHaveAttribute("data-looks", "unknown");
		await expect(instance.status.locator("[data-status]")).toHaveAttribute("data-status", "unknown");
		await expect(instance.card("approval").locator(".plan-stripe")).not.toHaveCSS("background-image", "none");
	});
	await test.step("in the inspector, with why", async () => {
		await instance.card("approval").click();
		await expect(instance.inspector).toContainText("On hold");
		await expect(instance.inspector).toContainText("a state that this dashboard does not know");
		for (const tab of await instance.inspector.getByRole("tab").all()) {
			await tab.click();
			await expect(instance.inspector.getByRole("tabpanel")).toBeVisible();
		}
	});
	await test.step("in the legend, which filters by it", async () => {
		await page.keyboard.press("Escape");
		await instance.button("Legend and filter").click();
		await page.getByRole("button", { name: /^Unknown 1$/ }).click();
		await expect(page).toHaveURL(/states=unknown/);
		await page.keyboard.press("Escape");
	});
	for (const view of ["graph&as=outline", "timeline", "history", "audit", "attempts"]) {
		await test.step(`when it is opened as ${view}`, async () => {
			await page.goto(`/instances/${id}?view=${view}`);
			await expect(instance.status).toContainText("Under review");
			if (view === "graph&as=outline" || view === "timeline") {
				await expect(page.getByRole("row", { name: /^approval .*on hold/i })).toBeVisible();
			}
		});
	}
	await test.step("on the node's own page", async () => {
		await page.goto(`/instances/${id}/nodes/approval`);
		await expect(page.getByText("Under review").first()).toBeVisible();
		await expect(page.getByText("On hold").first()).toBeVisible();
	});
	await test.step("in the list, in a narrow one, and on the other pages", async () => {
		await page.goto("/instances");
		const row = page.locator(`[data-instance-id="${id}"]`);
		await expect(row.locator("[data-status]")).toHaveText("Under review");
		await expect(row).toContainText("on hold");
		for (const path of ["/", "/workflows", "/workflows/tour", "/workers", "/signals"]) {
			await page.goto(path);
			await expect(page.locator("h1")).toBeVisible();
			await expect(page.getByText("This page could not be loaded")).toHaveCount(0);
		}
	});
	await test.step("and goes on as ever when the status is one we know", async () => {
		write(engine, id, "awaiting_signal", "awaiting_signal");
		await instance.open(id);
		await stand.post(`/api/instances/${id}/signal`, { name: "manager_approval", payload: "yes" });
		await instance.nodeIs("deliver", "completed");
	});
});
