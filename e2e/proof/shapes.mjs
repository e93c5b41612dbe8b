import { appendFileSync } from "node:fs";
import { again, done, flow, PooledWorker, WorkflowClient } from "@waymark/engine";

/** The instance of every run; the database is its own. */
export const INSTANCE = "i";

const LONGEST_DRIVE_MS = 60_000;

/**
 * @typedef {import("@waymark/engine/backend").PersistentBackend} PersistentBackend
 * @typedef {{ client: WorkflowClient, until(reached: (status: string) => boolean): Promise<void> }} Drive
 * @typedef {{ build(work: Work): import("@waymark/engine").Workflow<any, any>, script(drive: Drive): Promise<void>, before?(drive: Drive): Promise<void> }} Shape
 * @typedef {(value: any, ctx: import("@waymark/engine").TaskContext) => any} Work
 */

/** @type {(status: string) => boolean} */
const ended = (status) => status === "completed" || status === "failed" || status === "cancelled";
/** @param {Drive} drive */
const toEnd = ({ until }) => until(ended);

/**
 * Each is driven so that the whole script can be run again from its beginning, whatever was done of it before, and comes
 * to the same end.
 * @type {Record<string, Shape>}
 */
export const SHAPES = {
	linear: {
		build: (work) => flow("linear").task("a", work).task("b", work).task("c", work).task("d", work).build(),
		script: toEnd,
	},
	retry: {
		build: (work) =>
			flow("retry")
				.task("a", work)
				.task(
					"flaky",
					(value, ctx) => {
						if (ctx.attempt < 3) throw new Error("not yet");
						return work(value, ctx);
					},
					{ retry: { maxAttempts: 20, initialDelay: 1 } },
				)
				.task("b", work)
				.build(),
		script: toEnd,
	},
	fork: {
		build: (work) =>
			flow("fork")
				.fork("f", {
					x: (b) => b.task("x1", work).task("x2", work),
					y: (b) => b.task("y1", work).task("y2", work).task("y3", work),
				})
				.join("j", ({ x, y }, ctx) => work(x + y, ctx))
				.task("after", work)
				.build(),
		script: toEnd,
	},
	loops: {
		build: (work) =>
			flow("loops")
				.loop(
					"outer",
					(o) =>
						o
							.loop("inner", (b) => b.task("t", work).task("v", (n) => (n % 2 === 0 ? done(n) : again(n))), {
								maxIterations: 9,
								onMax: "fail",
							})
							.task("verdict", (n) => (n >= 4 ? done(n) : again(n))),
					{ maxIterations: 9, onMax: "fail" },
				)
				.task("after", work)
				.build(),
		script: toEnd,
	},
	route: {
		build: (work) =>
			flow("route")
				.task("a", work)
				.route("r", () => /** @type {"left" | "right"} */ ("right"), {
					left: (b) => b.task("l", work),
					right: (b) => b.task("r1", work).task("r2", work),
				})
				.task("b", ({ value }, ctx) => work(value, ctx))
				.build(),
		script: toEnd,
	},
	delay: {
		build: (work) => flow("delay").task("a", work).delay("nap", 5).task("b", work).build(),
		script: toEnd,
	},
	await: {
		build: (work) => flow("await").task("a", work).waitForSignal("ask", "go").task("b", work).build(),
		script: async ({ client, until }) => {
			await until((status) => status === "awaiting_signal" || ended(status));
			await client.sendSignal(INSTANCE, "go", 40, { idempotencyKey: "once" });
			await until(ended);
		},
	},
	timeout: {
		build: (work) =>
			flow("timeout")
				.task("a", work)
				.waitForSignal("ask", "go", { timeout: "8ms" })
				.task("b", ({ received }, ctx) => work(received ? 1 : 2, ctx))
				.build(),
		script: toEnd,
	},
	child: {
		build: (work) => {
			const invoice = flow("invoice").task("number", work).task("print", work).build();
			return flow("child").task("a", work).child("invoice", invoice).task("b", work).build();
		},
		script: toEnd,
	},
	pause: {
		build: (work) => flow("pause").task("a", work).waitForSignal("ask", "go").task("b", work).build(),
		script: async ({ client, until }) => {
			await until((status) => status === "awaiting_signal" || status === "paused" || ended(status));
			if (ended((await client.get(INSTANCE)).status)) return;
			await client.pause(INSTANCE);
			await client.sendSignal(INSTANCE, "go", 40, { idempotencyKey: "once" });
			await client.unpause(INSTANCE);
			await until(ended);
		},
	},
	cancel: {
		build: (work) =>
			flow("cancel")
				.fork("f", { x: (b) => b.task("x", work), y: (b) => b.task("y", work).waitForSignal("ask", "never") })
				.join("j", (both) => both)
				.build(),
		script: async ({ client, until }) => {
			await until((status) => status === "awaiting_signal" || ended(status));
			if (!ended((await client.get(INSTANCE)).status)) await client.cancel(INSTANCE);
			await until(ended);
		},
	},
	early: {
		build: (work) => flow("early").task("a", work).waitForSignal("ask", "go").task("b", work).build(),
		script: async ({ client, until }) => {
			await client.sendSignal(INSTANCE, "go", 40, { idempotencyKey: "once" });
			await until(ended);
		},
	},
};

/**
 * Starts the instance unless it is there, and drives it to its end, as one process with one worker.
 * @param {PersistentBackend} backend
 * @param {Shape} shape
 * @param {string} ledger every task that begins writes a line there
 */
export async function drive(backend, shape, ledger) {
	const workflow = shape.build((value, ctx) => {
		appendFileSync(ledger, `${ctx.path} ${ctx.attempt}\n`);
		return value + 1;
	});
	const client = new WorkflowClient(backend);
	const log = { info: () => {}, warn: () => {}, error: () => {} };
	const worker = new PooledWorker(backend, { workflows: [workflow], slots: 2, lease: "1h", log });
	const since = performance.now();
	/** @type {Drive} */
	const turn = {
		client,
		until: async (reached) => {
			for (;;) {
				await worker.tick();
				const { status } = await client.get(INSTANCE);
				if (reached(status)) return;
				if (performance.now() - since > LONGEST_DRIVE_MS) throw new Error(`${status} for too long`);
				await new Promise((resolve) => setTimeout(resolve, 2));
			}
		},
	};
	const finished = await isEnded(backend);
	if (!finished) {
		await client.start(workflow, INSTANCE, 1, { onConflict: "useExisting" });
		await shape.script(turn);
	}
	await worker.stop();
}

/** @param {PersistentBackend} backend */
async function isEnded(backend) {
	const instance = await backend.getInstance(INSTANCE);
	return instance !== null && ended(instance.status);
}
