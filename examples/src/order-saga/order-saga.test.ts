import { runInProcess } from "@waymark/engine";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Shop, startShop } from "../loopback/shop.ts";
import { type Order, orderSaga } from "./order-saga.ts";

const ORDER: Order = { orderId: "order-1", sku: "lamp", quantity: 2, amount: 4_900, card: "visa-4242" };
const LARGE: Order = { ...ORDER, amount: 250_000 };

describe("the order saga", () => {
	let shop: Shop;
	beforeEach(async () => {
		shop = await startShop();
	});
	afterEach(() => shop.close());

	const booked = () => shop.ledger.map(({ kind }) => kind).sort();

	it("charges, reserves and ships a small order without asking anybody", async () => {
		const state = await runInProcess(orderSaga(shop.url), ORDER, { skipTime: true });
		expect(state).toMatchObject({
			status: "completed",
			output: { orderId: "order-1", shipped: true, note: "shipment-3" },
		});
		expect(booked()).toEqual(["charge", "reservation", "shipment"]);
	});

	it("parks a large order until a manager says something", async () => {
		const state = await runInProcess(orderSaga(shop.url), LARGE);
		expect(state.status).toBe("awaiting_signal");
		expect(booked()).toEqual(["charge", "reservation"]);
	});

	it("ships a large order that a manager approves", async () => {
		const signals = { manager_approval: [{ approved: true, by: "Ada" }] };
		const state = await runInProcess(orderSaga(shop.url), LARGE, { signals, skipTime: true });
		expect(state).toMatchObject({ status: "completed", output: { shipped: true } });
		expect(booked()).toEqual(["charge", "reservation", "shipment"]);
	});

	it("gives the money and the goods back when a manager rejects", async () => {
		const signals = { manager_approval: [{ approved: false, by: "Ada" }] };
		const state = await runInProcess(orderSaga(shop.url), LARGE, { signals });
		expect(state).toMatchObject({ status: "completed", output: { shipped: false, note: "Ada rejected it" } });
		expect(booked()).toEqual(["charge", "refund", "release", "reservation"]);
	});

	it("gives everything back when nobody answers within 48 hours", async () => {
		const state = await runInProcess(orderSaga(shop.url), LARGE, { skipTime: true });
		expect(state).toMatchObject({ status: "completed", output: { note: "nobody approved it within 48 hours" } });
		expect(booked()).toEqual(["charge", "refund", "release", "reservation"]);
	});

	it("releases the goods when the card is declined, and refunds nothing", async () => {
		const state = await runInProcess(orderSaga(shop.url), { ...ORDER, card: "declined-1" });
		expect(state).toMatchObject({ status: "completed", output: { shipped: false } });
		expect(booked()).toEqual(["release", "reservation"]);
	});

	it("refunds the card when the article is sold out", async () => {
		const state = await runInProcess(orderSaga(shop.url), { ...ORDER, sku: "sold-out-vase" });
		expect(state).toMatchObject({
			output: { shipped: false, note: "POST /reservations answered 409: sold-out-vase is sold out" },
		});
		expect(booked()).toEqual(["charge", "refund"]);
	});

	it("fails at once on an order of nothing", async () => {
		const state = await runInProcess(orderSaga(shop.url), { ...ORDER, quantity: 0 });
		expect(state).toMatchObject({ status: "failed", failedPath: "validate" });
		expect(shop.ledger).toEqual([]);
	});
});
