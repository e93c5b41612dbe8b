import { largeWorkflows } from "./workflows/large.mjs";
import { shapeWorkflows } from "./workflows/shapes.mjs";
import { statusWorkflows } from "./workflows/statuses.mjs";
import { MARKUP, valueWorkflows } from "./workflows/values.mjs";

/**
 * One instance to look at. `era` tells whether it is lived through in the past, by a clock of its own, or now, beside
 * a worker that stays. `signals` are sent at once; `asked` is requested when it stands still.
 * @typedef {{
 *   readonly id: string,
 *   readonly shows: string,
 *   readonly workflow: import("@waymark/engine").Workflow<any, any>,
 *   readonly era: "past" | "present",
 *   readonly hoursAgo?: number,
 *   readonly input?: unknown,
 *   readonly labels?: Readonly<Record<string, string>>,
 *   readonly codec?: "msgpack",
 *   readonly signals?: Readonly<Record<string, unknown>>,
 *   readonly asked?: "pause" | "cancel",
 *   readonly reason?: string,
 * }} Scenario
 */

/**
 * Everything the gallery shows, in the order in which it is lived through: the past begins with the oldest.
 * @param {import("./work.mjs").Pace} pace
 */
export function gallery(pace) {
	const workflows = {
		...statusWorkflows(pace),
		...shapeWorkflows(pace),
		...largeWorkflows(pace),
		...valueWorkflows(pace),
	};
	const { oldVersion, ...served } = workflows;
	return {
		scenarios: [...past(workflows), ...present(workflows)],
		served: Object.values(served),
		all: Object.values(workflows),
	};
}

/** @typedef {Omit<Scenario, "era">} Told */

/** @typedef {ReturnType<typeof statusWorkflows> & ReturnType<typeof shapeWorkflows> & ReturnType<typeof largeWorkflows> & ReturnType<typeof valueWorkflows>} Workflows */

/**
 * @param {Workflows} w
 * @returns {readonly Scenario[]}
 */
function past(w) {
	/** @type {readonly Told[]} */
	const told = [
		{ id: "delay-3-days", shows: "a delay of three days, two hours gone", workflow: w.delay, hoursAgo: 2 },
		{
			id: "paused",
			shows: "paused by somebody, for a reason",
			workflow: w.paused,
			hoursAgo: 3,
			asked: "pause",
			reason: "The mail server moves tonight",
		},
		{
			id: "cancelled",
			shows: "cancelled by somebody, for a reason",
			workflow: w.signals,
			hoursAgo: 20,
			asked: "cancel",
			reason: `The customer withdrew ${MARKUP}`,
		},
		{
			id: "failed-5-attempts",
			shows: "failed for good after five attempts",
			workflow: w.failing,
			hoursAgo: 9,
			labels: { tenant: "acme", region: "eu" },
		},
		{ id: "fork-200-failed", shows: "one of 200 branches failed the instance", workflow: w.forkFails, hoursAgo: 8 },
		{
			id: "loop-completed",
			shows: "a loop that has ended, some iterations with failed attempts",
			workflow: w.loopDone,
			hoursAgo: 7,
		},
		{
			id: "completed",
			shows: "completed, first attempt of everything",
			workflow: w.short,
			hoursAgo: 6,
			input: { number: "DE129273398" },
		},
		{
			id: "route-small",
			shows: "a route: one case taken, three not",
			workflow: w.route,
			hoursAgo: 5,
			input: { size: "small" },
		},
		{
			id: "route-empty",
			shows: "a route whose case is empty was taken",
			workflow: w.route,
			hoursAgo: 4.5,
			input: { size: "nothing" },
		},
		{
			id: "hostile",
			shows: "names, errors and labels that try to break the page",
			workflow: w.hostile,
			hoursAgo: 4,
			labels: { [`label ${"x".repeat(180)}`]: MARKUP, note: "\u202Eabc" },
			signals: { [`signal ${"/".repeat(150)} name`]: { [MARKUP]: MARKUP } },
			input: { [MARKUP]: MARKUP },
		},
		{ id: "payload-1-mb", shows: "inputs and outputs of about 1 MB", workflow: w.huge, hoursAgo: 3.5 },
		{
			id: "payload-msgpack",
			shows: "binary values, in MessagePack",
			workflow: w.binary,
			hoursAgo: 3.2,
			codec: "msgpack",
			input: { device: "cam-1" },
		},
		{
			id: "unknown-definition",
			shows: "an instance whose code no worker has any more",
			workflow: w.oldVersion,
			hoursAgo: 2.5,
		},
	];
	const inOrder = [...invoices(w), ...told].sort((a, b) => (b.hoursAgo ?? 0) - (a.hoursAgo ?? 0));
	return inOrder.map((scenario) => ({ ...scenario, era: "past" }));
}

/**
 * Three days of everyday work, so that lists and charts have something to show.
 * @param {Workflows} w
 * @returns {readonly Told[]}
 */
function invoices(w) {
	return Array.from({ length: 120 }, (_, i) => ({
		id: `invoice-${String(i + 1).padStart(3, "0")}`,
		shows: "",
		workflow: w.short,
		hoursAgo: 72 - i * 0.55,
		input: { number: `DE${i}`, bad: i % 23 === 11, flaky: i % 7 === 3 },
		labels: { tenant: ["acme", "globex", "initech"][i % 3] ?? "" },
	}));
}

/**
 * @param {Workflows} w
 * @returns {readonly Scenario[]}
 */
function present(w) {
	/** @type {readonly Told[]} */
	const told = [
		{ id: "pending", shows: "nobody serves its tag, so it has not begun", workflow: w.unserved },
		{ id: "running", shows: "a task runs, its neighbour is done", workflow: w.running },
		{ id: "retrying", shows: "two attempts failed, the next comes later", workflow: w.retrying },
		{ id: "two-signals", shows: "waits for two signals, one with a timeout", workflow: w.signals },
		{
			id: "pausing-stuck",
			shows: "a pause waits for a task that does not end",
			workflow: w.stubborn,
			asked: "pause",
			reason: "Wrong price list",
		},
		{
			id: "cancelling-stuck",
			shows: "a cancel waits for a task that does not listen",
			workflow: w.stubborn,
			asked: "cancel",
			reason: "Wrong price list",
		},
		{
			id: "every-kind",
			shows: "one node of each kind; the last one runs",
			workflow: w.kinds,
			signals: { go: { by: "mira" } },
		},
		{ id: "fork-200", shows: "200 branches: done, failed, running, retrying, waiting, not begun", workflow: w.fork200 },
		{ id: "loop-200", shows: "the 173rd of up to 200 iterations, some with failures", workflow: w.loop200 },
		{ id: "nested-6", shows: "a child in a child, six deep; the innermost runs", workflow: w.nested },
		{
			id: "route-waiting",
			shows: "a route's default case waits for a person",
			workflow: w.route,
			input: { size: "odd" },
		},
		{ id: "nodes-1000", shows: '1,000 nodes; send it the signal "beat" to see it move', workflow: w.nodes1000 },
		{ id: "nodes-10000", shows: "10,000 nodes", workflow: w.nodes10000 },
		{ id: "chain-1000", shows: "1,000 tasks in a row", workflow: w.chain1000 },
		{ id: "chain-10000", shows: "10,000 tasks in a row", workflow: w.chain10000 },
	];
	return told.map((scenario) => ({ ...scenario, era: "present" }));
}
