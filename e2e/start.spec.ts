import { InstancePage } from "./instance-page.ts";
import { expect, test } from "./stand/test.ts";

test("an instance is started from a form made of the workflow's schema, and is opened", async ({
	page,
	stand,
	newId,
}) => {
	await stand.engine.client.start("booking", newId("booking-seed"), { guest: "Ada", nights: 2, to: { city: "Bern" } });
	const id = newId("booked");
	await page.goto("/workflows/booking/start");
	await expect(page.getByLabel("Instance id")).toHaveValue(/^booking-\d{8}-[0-9a-f]{8}$/);
	await page.getByLabel("Instance id").fill(id);
	await expect(page.getByText("Not used yet.")).toBeVisible();

	await page.getByRole("button", { name: "Start instance" }).click();
	await expect(page.getByText("The input is not complete yet.")).toBeVisible();
	await expect(page.getByLabel("Guest")).toHaveAttribute("aria-invalid", "true");
	await page.getByLabel("Guest").fill("Grace");
	await page.getByLabel("nights").fill("many");
	await expect(page.getByText("That is no number.")).toBeVisible();
	await page.getByLabel("nights").fill("9007199254740993");
	await expect(page.getByText("That has more digits than a number can hold")).toBeVisible();
	await page.getByRole("button", { name: "Start instance" }).click();
	await expect(page).toHaveURL(/\/start$/);
	await page.getByLabel("nights").fill("3");
	await page.getByLabel("city").fill("Basel");
	await page.getByLabel("Labels").fill("tenant=acme");
	await page.getByRole("button", { name: "Start instance" }).click();

	await expect(page).toHaveURL(new RegExp(`/instances/${id}$`));
	await new InstancePage(page).nodeIs("confirm", "completed");
	const { instance } = await stand.engine.client.result(id, { timeout: "20s" });
	expect(instance).toMatchObject({ status: "completed", labels: { tenant: "acme" } });
	const [input] = await stand.engine.backend.readValues(instance.runId, [{ kind: "input" }]);
	expect(JSON.parse(Buffer.from(input?.bytes ?? []).toString())).toEqual({
		guest: "Grace",
		nights: 3,
		room: "single",
		to: { city: "Basel" },
	});
});

test("a copy begins with the input of its original, and a taken id is said to be taken", async ({
	page,
	stand,
	newId,
}) => {
	const id = newId("original");
	await stand.engine.client.start("booking", id, { guest: "Ada", nights: 2, to: { city: "Bern" } });
	const instance = new InstancePage(page);
	await instance.open(id);
	await page.getByRole("button", { name: "More actions" }).click();
	await page.getByRole("menuitem", { name: "Start a copy…" }).click();
	await expect(page).toHaveURL(/\/workflows\/booking\/start\?copy=/);
	await expect(page.getByLabel("Guest")).toHaveValue("Ada");
	await page.getByLabel("Instance id").fill(id);
	await expect(page.getByText("An instance has this id already.")).toBeVisible();
});

test("the server refuses what the schema does not allow, whoever asks", async ({ stand, newId }) => {
	await stand.engine.client.start("booking", newId("seed"), { guest: "Ada", nights: 2, to: { city: "Bern" } });
	const id = newId("refused");
	const answer = await stand.post("/api/instances", { workflow: "booking", instanceId: id, input: { guest: "Ada" } });
	expect(answer.status).toBe(400);
	expect((await answer.json()).error.message).toContain("does not fit the workflow's schema");
	expect(await stand.engine.backend.getInstance(id)).toBeNull();
});

test("a workflow without a schema takes JSON, and says what is wrong with it", async ({ page, stand, newId }) => {
	await stand.engine.client.start("tour", newId("seed"), {});
	await page.goto("/workflows/tour/start");
	await page.getByLabel("JSON").fill("{ not json");
	await page.getByRole("button", { name: "Start instance" }).click();
	await expect(page.getByText(/^Not JSON/)).toBeVisible();
	await page.getByLabel("JSON").fill('{"account": 12345678901234567890}');
	await expect(page.getByText(/^12345678901234567890 has more digits than a number can hold/)).toBeVisible();
	const id = newId("json");
	await page.getByLabel("Instance id").fill(id);
	await page.getByLabel("JSON").fill('{"crate": 7}');
	await page.getByRole("button", { name: "Start instance" }).click();
	await new InstancePage(page).nodeIs("load", "running");
	expect((await page.goto("/workflows/nothing-of-that-name/start"))?.status()).toBe(404);
});
