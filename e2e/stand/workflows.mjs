import { appendFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { again, done, flow } from "@waymark/engine";

/** How often a task looks whether its gate was opened. */
const LOOK_MS = 20;
/** How long a task of the first lane of `busy` takes; each lane's a little longer, or all would end together. */
const BEAT_MS = 40;
const LATER_MS = 7;

const BOOKING_SCHEMA = {
	type: "object",
	properties: {
		guest: { type: "string", minLength: 1, title: "Guest", description: "As in the passport" },
		nights: { type: "integer", minimum: 1 },
		room: { enum: ["single", "double"], default: "single" },
		to: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
	},
	required: ["guest", "nights", "to"],
};

/**
 * Tells itself as JSON Schema, as zod and other libraries do.
 * @type {any}
 */
const BOOKING = {
	"~standard": {
		version: 1,
		vendor: "waymark-e2e",
		validate: (/** @type {unknown} */ value) => ({ value }),
		jsonSchema: { input: () => BOOKING_SCHEMA, output: () => BOOKING_SCHEMA },
	},
};

/**
 * Workflows whose tasks wait for the test to let them go on: a task is held until the file of its gate is there, so
 * that a test decides when what ends, and no test depends on how fast the machine is.
 * @param {string} folder where the gates and the ledger lie
 */
export function testWorkflows(folder) {
	/** @type {(value: any, context: import("@waymark/engine").TaskContext) => Promise<any>} */
	const gated = async (value, context) => {
		const gate = gateFile(folder, context.instanceId, context.path);
		while (!existsSync(gate)) await sleep(LOOK_MS, undefined, { signal: context.signal });
		enter(folder, context);
		return value;
	};

	/** Hears no abort: a request waits for it until its gate is opened. @type {(value: any, context: import("@waymark/engine").TaskContext) => Promise<any>} */
	const deaf = async (value, context) => {
		const gate = gateFile(folder, context.instanceId, context.path);
		while (!existsSync(gate)) await sleep(LOOK_MS);
		return value;
	};

	const tour = flow("tour", { description: "Pack side by side, ask, deliver" })
		.task("load", gated)
		.fork("work", { left: (b) => b.task("paint", gated), right: (b) => b.task("dry", gated) })
		.join("pack", ({ left }) => left)
		.waitForSignal("approval", "manager_approval")
		.task("deliver", (payload) => ({ delivered: payload }))
		.build();

	const asks = (/** @type {any} */ b) => b.waitForSignal("answer", "consent");
	/** Three wait for signals of one name, and not in the order of their own names. */
	const consents = flow("consents")
		.fork("send", { cy: asks, ada: asks, bo: asks })
		.join("sum", (answers) => answers)
		.build();

	const hopeless = flow("hopeless")
		.task(
			"call",
			(_input, { attempt }) => {
				throw new RangeError(`refused for the ${["first", "second", "third"][attempt - 1]} time <b>&amp;</b>`);
			},
			{ retry: { maxAttempts: 3, initialDelay: 50, multiplier: 1 } },
		)
		.build();

	const wordy = flow("wordy")
		.task("explain", () => {
			throw new TypeError(Array.from({ length: 80 }, (_, line) => `reason ${line + 1}`).join("\n"));
		})
		.build();

	const patient = flow("patient")
		.task(
			"call",
			() => {
				throw new Error("not yet");
			},
			{ retry: { maxAttempts: 3, initialDelay: "10m", multiplier: 1 } },
		)
		.build();

	/** Fails at once, waits for hours, and is then held until its gate is opened. */
	const reluctant = flow("reluctant")
		.task(
			"call",
			(value, context) => {
				if (context.attempt === 1) throw new Error("the line is busy");
				return gated(value, context);
			},
			{ retry: { maxAttempts: 4, initialDelay: "3h", multiplier: 1 } },
		)
		.build();

	/** @param {string} name */
	const lane = (name) => (/** @type {any} */ b) =>
		b
			.task("before", (/** @type {any} */ value, /** @type {any} */ context) => {
				enter(folder, context);
				return { ...value, [name]: "before" };
			})
			.task("held", gated)
			.task("after", (/** @type {any} */ value, /** @type {any} */ context) => {
				enter(folder, context);
				return { ...value, [name]: "after" };
			});
	const lanes = flow("lanes")
		.fork("lanes", { a: lane("a"), b: lane("b"), c: lane("c") })
		.join("merge", ({ a, b, c }, context) => {
			enter(folder, context);
			return Object.assign({}, a, b, c);
		})
		.build();

	const booking = flow("booking", { description: "Books a room", input: BOOKING })
		.task("confirm", (input) => input)
		.build();

	const stubborn = flow("stubborn").task("charge_card", deaf).task("report", gated).build();

	/** Hands on what it was given under names and in texts that are to be hidden, and fails with it. */
	const leaky = flow("leaky")
		.task("login", (/** @type {any} */ { secret }) => ({
			user: "ada",
			accessToken: secret,
			url: `postgres://app:${secret}@db:5432/x`,
		}))
		.fork("keys", {
			one: (b) => b.task("sign", ({ accessToken }) => ({ privateKey: accessToken, id: 7 })),
			two: (b) => b.task("note", ({ url }) => `connected to ${url}`),
		})
		.join("both", (both) => both)
		.waitForSignal("code", "login_code")
		.task(
			"call",
			(/** @type {any} */ { password }) => {
				throw new Error(`connect amqp://app:${password}@queue refused, sent {"password":"${password}"}`, {
					cause: new TypeError(`Authorization: Bearer ${password}`),
				});
			},
			{ retry: { maxAttempts: 2, initialDelay: 10, multiplier: 1 } },
		)
		.build();

	/** Eight lanes that each end something ten to twenty times a second, until the gate of `stop` is opened. */
	const beats = Object.fromEntries(
		Array.from({ length: 8 }, (_, lane) => [
			`lane_${lane}`,
			(/** @type {any} */ b) =>
				b.loop(
					"beat",
					(/** @type {any} */ x) =>
						x.task("tick", async (/** @type {any} */ value, /** @type {any} */ context) => {
							await sleep(BEAT_MS + lane * LATER_MS, undefined, { signal: context.signal });
							return existsSync(gateFile(folder, context.instanceId, "stop")) ? done(value) : again(value);
						}),
					{ maxIterations: 100_000 },
				),
		]),
	);
	const busy = flow("busy")
		.fork("lanes", beats)
		.join("sum", () => "done")
		.build();

	/** What becomes of it is in its input: { refusals, boxes, size }. */
	const sent = () =>
		flow("shipment")
			.task(
				"charge",
				(/** @type {any} */ order, { attempt }) => {
					if (attempt <= order.refusals) throw new RangeError(`card ${order.card} was refused`);
					return { ...order, paid: true };
				},
				{ retry: { maxAttempts: 2, initialDelay: 20, multiplier: 1 } },
			)
			.loop(
				"pack",
				(b) =>
					b.task("box", (order, { iteration }) => ((iteration ?? 0) + 1 < order.boxes ? again(order) : done(order))),
				{ maxIterations: 9 },
			)
			.route("size", ({ size }) => /** @type {"big" | "small"} */ (size), {
				big: (b) => b.task("crane", gated),
				small: (b) => b.task("hand", (order) => order),
			});
	const oldShipment = sent().build();
	/** The newer version: the last one of a name is the one that starts. */
	const shipment = sent()
		.task("thank", (order) => ({ thanked: order }))
		.build();

	return {
		tour,
		consents,
		wordy,
		hopeless,
		patient,
		reluctant,
		lanes,
		booking,
		stubborn,
		busy,
		leaky,
		oldShipment,
		shipment,
	};
}

/**
 * The file that lets a held task go on.
 * @param {string} folder
 * @param {string} instanceId
 * @param {string} path node path
 */
export function gateFile(folder, instanceId, path) {
	return join(folder, `gate.${encodeURIComponent(instanceId)}.${encodeURIComponent(path)}`);
}

/** @param {string} folder */
export function ledgerFile(folder) {
	return join(folder, "ledger.txt");
}

/**
 * One line for each time a task did its work, written with O_APPEND before the task returns.
 * @param {string} folder
 * @param {import("@waymark/engine").TaskContext} context
 */
function enter(folder, { instanceId, path, attempt }) {
	appendFileSync(ledgerFile(folder), `${instanceId} ${path} ${attempt}\n`);
}
