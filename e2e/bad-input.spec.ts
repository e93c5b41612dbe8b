import { InstancePage } from "./instance-page.ts";
import { expect, test } from "./stand/test.ts";

const ODD_IDS = [
	"no-such-instance",
	"<script>alert(1)</script>",
	"..%2f..%2fetc",
	"%00",
	"ä ö ü 🚚",
	"a".repeat(5_000),
];

test("an unknown or odd id shows a page with a way out", async ({ page }) => {
	for (const id of ODD_IDS.slice(0, 5)) {
		const response = await page.goto(`/instances/${encodeURIComponent(id)}`);
		expect(response?.status(), id).toBe(404);
		await expect(page.getByRole("link", { name: "All instances" }).first()).toBeVisible();
	}
});

test("the API answers an unknown or odd id with a typed error", async ({ stand }) => {
	for (const id of ODD_IDS) {
		const answer = await fetch(`${stand.url}/api/instances/${encodeURIComponent(id)}`);
		expect([400, 404], id).toContain(answer.status);
		expect((await answer.json()).error.code).toMatch(/^(InvalidInstanceId|InstanceNotFound|BadRequest)$/);
	}
});

test("malformed JSON and wrong bodies are refused, and nothing is written", async ({ stand, newId }) => {
	const id = newId("body");
	await stand.engine.client.start("tour", id, {});
	await expect.poll(() => stand.engine.running(id)).toEqual(["load"]);
	const before = (await stand.engine.client.get(id)).instance;
	for (const text of ["{", "[]", "null", '"x"', '{"reason": 5}', '{"reason": {"$ne": 1}}']) {
		const answer = await stand.postText(`/api/instances/${id}/cancel`, text);
		expect(answer.status, text).toBe(400);
		expect((await answer.json()).error.code).toBe("BadRequest");
	}
	// The version rises with every commit that touches the instance.
	expect((await stand.engine.client.get(id)).instance.version).toBe(before.version);
});

test("a request to a finished instance is refused and says what it ended as", async ({ page, stand, newId }) => {
	const id = newId("finished");
	await stand.engine.client.start("tour", id, {});
	await stand.engine.client.cancel(id, { by: "test" });
	await stand.engine.client.result(id, { timeout: "20s" });
	for (const action of ["pause", "unpause"]) {
		const answer = await stand.post(`/api/instances/${id}/${action}`, {});
		expect(answer.status, action).toBe(409);
		const { error } = await answer.json();
		expect(error).toMatchObject({ code: "InstanceFinished", instance: { status: "cancelled" } });
	}
	const late = await stand.post(`/api/instances/${id}/signal`, { name: "manager_approval", payload: 1 });
	expect(late.status).toBe(409);
	const instance = new InstancePage(page);
	await instance.open(id);
	await expect(instance.button("Pause")).toHaveAttribute("aria-disabled", "true");
	await expect(instance.button("Pause")).toHaveAccessibleDescription("Already cancelled");
	await instance.button("Pause").hover();
	await expect(page.getByText("Already cancelled").filter({ visible: true })).toBeVisible();
});

test("starting an unknown workflow or a taken id is refused with a way out", async ({ stand, newId }) => {
	const id = newId("taken");
	await stand.engine.client.start("tour", id, {});
	const unknown = await stand.post("/api/instances", { workflow: "nothing", instanceId: newId("x"), input: {} });
	expect(unknown.status).toBe(404);
	expect((await unknown.json()).error.code).toBe("UnknownWorkflow");
	const taken = await stand.post("/api/instances", { workflow: "tour", instanceId: id, input: {} });
	expect(taken.status).toBe(409);
	const odd = await stand.post("/api/instances", { workflow: "tour", instanceId: "a/b", input: {} });
	expect(odd.status).toBe(400);
	expect((await odd.json()).error.code).toBe("InvalidInstanceId");
});

test("a change from another site, or by GET, is refused", async ({ stand, newId }) => {
	const id = newId("foreign");
	await stand.engine.client.start("tour", id, {});
	const path = `${stand.url}/api/instances/${id}/cancel`;
	const json = { "content-type": "application/json" };
	const foreign = [
		{ ...json, origin: "http://evil.test", "x-waymark-request": "1" },
		{ ...json, origin: stand.url },
		{ "content-type": "text/plain", origin: stand.url, "x-waymark-request": "1" },
	];
	for (const headers of foreign) {
		const answer = await fetch(path, { method: "POST", headers, body: "{}" });
		expect([403, 415]).toContain(answer.status);
	}
	expect((await fetch(path)).status).toBe(405);
	expect((await stand.engine.client.get(id)).instance.control).toBe("none");
});
