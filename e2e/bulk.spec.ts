import { startDashboard } from "./stand/dashboard-stand.ts";
import { expect, test } from "./stand/test.ts";

test("selected instances are cancelled together, with a reason, and each outcome is told", async ({
	page,
	stand,
	newId,
}) => {
	const ids = [newId("bulk"), newId("bulk"), newId("bulk")];
	for (const id of ids) await stand.engine.client.start("tour", id, {});
	await page.goto("/instances?id=bulk-");
	for (const id of ids.slice(0, 2)) await page.getByRole("checkbox", { name: `Select ${id}` }).check();
	const bar = page.getByRole("region", { name: "Selected instances" });
	await expect(bar).toContainText("2 instances selected");
	await bar.getByRole("button", { name: "Cancel…" }).click();

	const dialog = page.getByRole("dialog");
	await expect(dialog).toContainText("Cancel 2 instances?");
	await expect(dialog).toContainText("What they already did is not undone.");
	await expect(dialog.getByRole("button", { name: "Leave them as they are" })).toBeFocused();
	await dialog.getByLabel("Reason").fill("wrong <b>crate</b>");
	// One of them ends before the job reaches it.
	await stand.engine.client.cancel(ids[0] ?? "", { by: "somebody else" });
	await stand.engine.client.result(ids[0] ?? "", { timeout: "20s" });
	await dialog.getByRole("button", { name: "Cancel 2 instances" }).click();

	await expect(page).toHaveURL(/\/bulk\/2-[0-9a-f]{16}$/);
	await expect(page.getByRole("status").filter({ hasText: /^2 of 2 asked/ })).toBeVisible();
	const outcomes = page.getByRole("table", { name: "Outcome of every instance" });
	await expect(outcomes.getByRole("row").filter({ hasText: ids[1] ?? "" })).toContainText("Accepted");
	await expect(outcomes.getByRole("row").filter({ hasText: ids[0] ?? "" })).toContainText("Nothing to do");
	expect((await stand.engine.client.get(ids[2] ?? "")).instance.control).toBe("none");

	const { requests } = await stand.engine.backend.listRequests({
		kinds: ["cancel"],
		results: [],
		by: null,
		instanceId: ids[1] ?? "",
		limit: 10,
		cursor: null,
	});
	expect(requests).toMatchObject([{ reason: "wrong <b>crate</b>", by: "local operator", result: "applied" }]);
});

test("a job above twenty needs its number typed, and is about what it counted", async ({ page, stand, newId }) => {
	const ids = Array.from({ length: 21 }, () => newId("many"));
	for (const id of ids) await stand.engine.client.start("tour", id, {});
	const planned = await stand.post("/api/bulk/plan", { kind: "pause", query: "id=many-" });
	expect(planned.status).toBe(200);
	const { planId, count, capped } = await planned.json();
	expect({ count, capped }).toEqual({ count: 21, capped: false });
	for (const confirm of [undefined, 20]) {
		const refused = await stand.post("/api/bulk", { planId, confirm });
		expect(refused.status).toBe(400);
		expect((await refused.json()).error.code).toBe("ConfirmationNeeded");
	}
	// Started after the count: the job is not about it.
	const late = newId("many");
	await stand.engine.client.start("tour", late, {});
	const started = await stand.post("/api/bulk", { planId, confirm: 21 });
	expect(started.status).toBe(200);
	const { jobId } = await started.json();
	await page.goto(`/bulk/${jobId}`);
	await expect(page.getByRole("status").filter({ hasText: /^21 of 21 asked/ })).toBeVisible();
	const stateOf = async (id: string) => {
		const { instance } = await stand.engine.client.get(id);
		return instance.control === "none" ? instance.status : instance.control;
	};
	for (const id of ids) expect(["pausing", "paused"]).toContain(await stateOf(id));
	expect(["pausing", "paused"]).not.toContain(await stateOf(late));
	// The same plan does nothing a second time.
	expect((await stand.post("/api/bulk", { planId, confirm: 21 })).status).toBe(404);
});

test("what was refused stays selected in the list", async ({ page, stand, newId }) => {
	const failed = newId("stay-failed");
	const running = newId("stay-running");
	await stand.engine.client.start("hopeless", failed, {});
	await stand.engine.client.start("tour", running, {});
	await stand.engine.client.result(failed, { timeout: "20s" });
	await page.goto("/instances?id=stay-");
	await page.getByRole("checkbox", { name: "Select all rows shown" }).check();
	await page.getByRole("button", { name: "Retry…" }).click();
	await page.getByRole("dialog").getByRole("button", { name: "Retry 2 instances" }).click();
	const outcomes = page.getByRole("table", { name: "Outcome of every instance" });
	await expect(outcomes.getByRole("row").filter({ hasText: running })).toContainText("it has not failed");
	await expect(outcomes.getByRole("row").filter({ hasText: failed })).toContainText("Accepted");
	await page.getByRole("link", { name: "Back, with 1 still selected" }).click();
	await expect(page.getByRole("checkbox", { name: `Select ${running}` })).toBeChecked();
	await expect(page.getByRole("checkbox", { name: `Select ${failed}` })).not.toBeChecked();
});

test("what was accepted is not called done: the page says what each instance is now, until it has happened", async ({
	page,
	stand,
	newId,
}) => {
	const stuck = newId("now-stuck");
	const idle = newId("now-idle");
	await stand.engine.client.start("stubborn", stuck, {});
	await expect.poll(() => stand.engine.running(stuck)).toEqual(["charge_card"]);
	await stand.engine.client.start("patient", idle, {});
	await expect.poll(() => stand.engine.running(idle)).toEqual([]);
	await page.goto("/instances?id=now-");
	await page.getByRole("checkbox", { name: "Select all rows shown" }).check();
	await page.getByRole("button", { name: "Cancel…" }).click();
	await page.getByRole("dialog").getByRole("button", { name: "Cancel 2 instances" }).click();
	const row = (id: string) =>
		page.getByRole("table", { name: "Outcome of every instance" }).getByRole("row").filter({ hasText: id });
	await expect(row(stuck)).toContainText(/Accepted.*Running.*Cancelling…/);
	await expect(row(idle)).toContainText(/Accepted.*Cancelled/);
	const progress = page.getByRole("status").filter({ hasText: "asked" });
	await expect(progress).toHaveText("2 of 2 asked · 1 still cancelling");
	stand.engine.openGate(stuck, "charge_card");
	await expect(row(stuck)).toContainText(/Accepted.*Cancelled/);
	await expect(row(stuck)).not.toContainText("Cancelling…");
	await expect(progress).toHaveText("2 of 2 asked");
});

test("bad bodies of bulk actions are refused, and nothing is done", async ({ stand, newId }) => {
	const id = newId("body");
	await stand.engine.client.start("tour", id, {});
	const bad = [
		{ kind: "delete", instanceIds: [id] },
		{ kind: "cancel" },
		{ kind: "cancel", instanceIds: [id], query: "" },
		{ kind: "cancel", instanceIds: "all" },
		{ kind: "cancel", instanceIds: [5] },
		{ kind: "cancel", instanceIds: Array(1_001).fill("x") },
		{ kind: "cancel", query: "status=nothing" },
		{ kind: "cancel", query: 5 },
	];
	for (const body of bad) {
		const answer = await stand.post("/api/bulk/plan", body);
		expect(answer.status, JSON.stringify(body).slice(0, 80)).toBe(400);
	}
	expect((await stand.post("/api/bulk", { planId: "nothing" })).status).toBe(404);
	expect((await fetch(`${stand.url}/api/bulk/2-0123456789abcdef`)).status).toBe(404);
	const foreign = await fetch(`${stand.url}/api/bulk/plan`, {
		method: "POST",
		headers: { "content-type": "application/json", origin: "http://evil.test", "x-waymark-request": "1" },
		body: JSON.stringify({ kind: "cancel", instanceIds: [id] }),
	});
	expect(foreign.status).toBe(403);
	expect((await stand.engine.client.get(id)).instance.control).toBe("none");
});

test("a job whose dashboard is gone is read back from the audit", async ({ page, stand, newId }) => {
	const id = newId("audit");
	await stand.engine.client.start("tour", id, {});
	// As the job of a dashboard that ended half way left it: the first of two was asked.
	const jobId = "2-0123456789abcde0";
	await stand.engine.backend.pause({
		requestId: `bulk-${jobId}-0`,
		instanceId: id,
		by: "mira",
		reason: "night shift",
		expectedRunId: null,
	});
	await page.goto(`/bulk/${jobId}`);
	await expect(page.getByText("The dashboard was started anew since.")).toBeVisible();
	await expect(page.getByText("by mira: night shift")).toBeVisible();
	const rows = page.getByRole("table", { name: "Outcome of every instance" }).getByRole("row");
	await expect(rows.filter({ hasText: id })).toContainText("Accepted");
	await expect(rows.filter({ hasText: "Not asked" })).toHaveCount(1);
});

test("a job whose dashboard is killed in the middle tells what was done, and the rest is done by a second one", async ({
	page,
	stand,
	newId,
}) => {
	const { client, backend } = stand.engine;
	const ids = Array.from({ length: 800 }, () => newId("killed"));
	// They wait for their next attempt, and so take no slot from other tests.
	for (const id of ids) await client.start("patient", id, {});
	const post = (url: string, path: string, body: object) =>
		fetch(`${url}${path}`, {
			method: "POST",
			headers: { "content-type": "application/json", "x-waymark-request": "1", origin: url },
			body: JSON.stringify(body),
		});
	const begin = async (url: string): Promise<{ jobId: string; count: number }> => {
		const plan = await post(url, "/api/bulk/plan", { kind: "pause", query: "id=killed-" });
		const { planId, count } = await plan.json();
		const { jobId } = await (await post(url, "/api/bulk", { planId, confirm: count, reason: "stop the line" })).json();
		return { jobId, count };
	};
	const applied = async (): Promise<readonly string[]> => {
		const found: string[] = [];
		let cursor: string | null = null;
		do {
			const asked = { kinds: ["pause" as const], results: [], by: null, instanceId: null, limit: 200, cursor };
			const read: Awaited<ReturnType<typeof backend.listRequests>> = await backend.listRequests(asked);
			for (const { instanceId, result } of read.requests) if (result === "applied") found.push(instanceId);
			cursor = read.nextCursor;
		} while (cursor !== null);
		return found.filter((id) => id.startsWith("killed-"));
	};

	const first = await startDashboard(stand.engine);
	const { jobId, count } = await begin(first.url);
	expect(count).toBe(ids.length);
	await expect.poll(async () => (await applied()).length, { intervals: [5] }).toBeGreaterThan(0);
	await first.program.kill();
	const second = await startDashboard(stand.engine);
	// Read when the second one is up: by then the database has done what the first had already handed to it.
	const done = await applied();
	expect(done.length, "it was killed in the middle").toBeLessThan(ids.length);
	try {
		const job = await (await fetch(`${second.url}/api/bulk/${jobId}`)).json();
		expect(job).toMatchObject({ total: ids.length, over: true, fromAudit: true, reason: "stop the line" });
		const told = (outcome: string) =>
			job.items
				.filter((item: { outcome: string }) => item.outcome === outcome)
				.map(({ instanceId }: { instanceId: string }) => instanceId);
		expect(told("done").sort()).toEqual([...done].sort());
		expect(told("unknown")).toHaveLength(ids.length - done.length);
		await page.goto(`${second.url}/bulk/${jobId}`);
		await expect(page.getByText("The dashboard was started anew since.")).toBeVisible();

		// The same wish again is about the rest, and nothing is done twice.
		const rest = await begin(second.url);
		expect(rest.count).toBe(ids.length - done.length);
		await expect.poll(async () => (await (await fetch(`${second.url}/api/bulk/${rest.jobId}`)).json()).over).toBe(true);
		expect((await applied()).toSorted()).toEqual(ids.toSorted());
	} finally {
		// It asks what the instances are now for as long as it is open.
		await page.goto("about:blank");
		await second.program.stop();
	}
});
