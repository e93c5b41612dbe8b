import { flow, NonRetryableError, type Outcome, type TaskContext, type TaskOptions } from "@waymark/engine";
import { z } from "zod";
import { callJson } from "../loopback/call-json.ts";

export interface Order {
	readonly orderId: string;
	readonly sku: string;
	readonly quantity: number;
	/** In cents. */
	readonly amount: number;
	readonly card: string;
}

/** Checked when an instance is started, and what the dashboard's start form is made of. */
const ORDER = z.object({
	orderId: z.string().min(1).describe("As the shop knows it"),
	sku: z.string().min(1).describe("What is ordered, such as lamp"),
	quantity: z.int(),
	amount: z.int().min(0).describe("In cents; above 100,000 a manager is asked"),
	card: z.string().min(1).describe("Any text; one that begins with declined is refused"),
});

/** Payload of the signal `manager_approval`. */
export interface Approval {
	readonly approved: boolean;
	readonly by: string;
}

interface Booked {
	readonly reference: string;
}

interface Fulfilment {
	readonly order: Order;
	/** Reference of the charge; null if it failed. */
	readonly charge: string | null;
	/** Reference of the reservation; null if it failed. */
	readonly reservation: string | null;
	/** Why it cannot go on; null if it can. */
	readonly problem: string | null;
}

export interface OrderResult {
	readonly orderId: string;
	readonly shipped: boolean;
	/** Reference of the shipment, or why there is none. */
	readonly note: string;
}

/** Orders above this amount (cents) wait for a manager. */
export const REVIEW_ABOVE = 100_000;

/** A failure of these is data: the saga goes on and undoes what was done. */
const ATTEMPTED = {
	onFailure: "value",
	timeout: "15s",
	retry: { maxAttempts: 3, initialDelay: "1s", multiplier: 2, maxDelay: "10s" },
} as const satisfies TaskOptions;

const PERSISTENT = {
	timeout: "15s",
	retry: { maxAttempts: 10, initialDelay: "1s", multiplier: 2, maxDelay: "1m", jitter: true },
} as const satisfies TaskOptions;

/** An order: pay and reserve side by side, have large ones approved, then ship, or undo what was done. */
export function orderSaga(shopUrl: string) {
	const post = (context: TaskContext, desk: string, body: object) =>
		callJson<Booked>(context, "POST", `${shopUrl}/${desk}`, body);

	const undo = async (f: Fulfilment, context: TaskContext): Promise<OrderResult> => {
		const { orderId, amount, sku, quantity } = f.order;
		if (f.charge !== null) await post(context, "refunds", { orderId, amount, charge: f.charge });
		if (f.reservation !== null) await post(context, "releases", { orderId, sku, quantity });
		return { orderId, shipped: false, note: f.problem ?? "undone" };
	};

	return flow<Order>("order-saga", { input: ORDER, description: "Pay and reserve, approve, then ship or undo" })
		.task("validate", validate)
		.fork("fulfil", {
			payment: (b) =>
				b.task(
					"charge",
					({ orderId, amount, card }, context) => post(context, "charges", { orderId, amount, card }),
					ATTEMPTED,
				),
			stock: (b) =>
				b.task(
					"reserve",
					({ orderId, sku, quantity }, context) => post(context, "reservations", { orderId, sku, quantity }),
					ATTEMPTED,
				),
			paperwork: (b) => b.task("invoice", (order) => ({ order, invoice: `invoice-${order.orderId}` })),
		})
		.join("combine", ({ payment, stock, paperwork }) => combine(paperwork.order, payment, stock))
		.route("risk", riskOf, {
			review: (b) =>
				b
					.fork("review", {
						approval: (b) => b.waitForSignal<Approval>("approval", "manager_approval", { timeout: "48h" }),
						dossier: (b) => b.task("dossier", (f) => f),
					})
					.join("decide", ({ approval, dossier }): Fulfilment => {
						if (!approval.received) return { ...dossier, problem: "nobody approved it within 48 hours" };
						const { approved, by } = approval.payload;
						return approved ? dossier : { ...dossier, problem: `${by} rejected it` };
					}),
			auto: (b) => b.task("accept", (f) => f),
			broken: (b) => b.task("explain", (f) => f),
		})
		.route("finish", ({ value }) => (value.problem === null ? "ship" : "undo"), {
			ship: (b) =>
				b.delay("pack", "2s").task(
					"ship",
					async ({ value: { order } }, context): Promise<OrderResult> => {
						const { orderId, sku, quantity } = order;
						const { reference } = await post(context, "shipments", { orderId, sku, quantity });
						return { orderId, shipped: true, note: reference };
					},
					PERSISTENT,
				),
			undo: (b) => b.task("compensate", ({ value }, context) => undo(value, context), PERSISTENT),
		})
		.task("close", ({ value }): OrderResult => value)
		.build();
}

function validate(order: Order): Order {
	if (!Number.isInteger(order.quantity) || order.quantity < 1) {
		throw new NonRetryableError(`Order ${order.orderId} asks for ${order.quantity} pieces. Ask for one or more.`);
	}
	return order;
}

function combine(order: Order, payment: Outcome<Booked>, stock: Outcome<Booked>): Fulfilment {
	const failures = [payment, stock].flatMap((outcome) => (outcome.ok ? [] : [outcome.error.message]));
	return {
		order,
		charge: payment.ok ? payment.value.reference : null,
		reservation: stock.ok ? stock.value.reference : null,
		problem: failures.length === 0 ? null : failures.join("; "),
	};
}

function riskOf(fulfilment: Fulfilment): "review" | "auto" | "broken" {
	if (fulfilment.problem !== null) return "broken";
	return fulfilment.order.amount > REVIEW_ABOVE ? "review" : "auto";
}
