import { appendFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { again, done, flow } from "@waymark/engine";

/**
 * Workflows of the fault tests: mixed graphs whose output follows from their input alone, whatever happens to the
 * processes. Each task writes a line `instance path attempt` to the ledger (O_APPEND) as its last act.
 * @param {string} ledger path of the file
 * @param {number} pace longest time that a task takes, ms
 */
export function faultWorkflows(ledger, pace = 0) {
	// No number of crashes ends an instance.
	const retry = { maxAttempts: 1000, initialDelay: 20, multiplier: 1 };

	/** @type {(step: (n: number, attempt: number) => any) => (n: any, context: import("@waymark/engine").TaskContext) => Promise<any>} */
	const work =
		(step) =>
		async (n, { instanceId, path, attempt, signal }) => {
			if (pace > 0) await sleep(Math.random() * pace, undefined, { signal });
			const result = step(n, attempt);
			appendFileSync(ledger, `${instanceId} ${path} ${attempt}\n`);
			return result;
		};
	const plus = (/** @type {number} */ m) => work((n) => n + m);

	const chain = flow("chain")
		.task("a", plus(1), { retry })
		.task("b", plus(1), { retry })
		.task("c", plus(1), { retry })
		.task("d", plus(1), { retry })
		.build();

	/** @type {(m: number) => (b: any) => any} */
	const branch = (m) => (b) => b.task("one", plus(m), { retry }).task("two", plus(m), { retry });
	const forked = flow("forked")
		.task("a", plus(0), { retry })
		.fork("f", { x: branch(1), y: branch(2), z: branch(3) })
		.join(
			"sum",
			work((/** @type {any} */ { x, y, z }) => x + y + z),
			{ retry },
		)
		.build();

	const flaky = flow("flaky")
		.task(
			"t",
			work((n, attempt) => {
				if (attempt < 3) throw new Error(`attempt ${attempt} fails`);
				return n * 2;
			}),
			{ retry },
		)
		.build();

	const asked = flow("asked")
		.task("a", plus(1), { retry })
		.waitForSignal("answer", "go")
		.task("b", plus(1), { retry })
		.build();

	const delayed = flow("delayed")
		.task("a", plus(1), { retry })
		.delay("nap", "300ms")
		.task("b", plus(1), { retry })
		.build();

	const looped = flow("looped")
		.loop(
			"l",
			(/** @type {any} */ b) =>
				b.task(
					"turn",
					work((n) => (n % 3 === 2 ? done(n) : again(n + 1))),
					{ retry },
				),
			{ maxIterations: 5 },
		)
		.build();

	return { chain, forked, flaky, asked, delayed, looped };
}

/**
 * What an instance that was started with `n` yields; one of `asked` is sent `n` as its signal.
 * @type {Readonly<Record<keyof ReturnType<typeof faultWorkflows>, (n: number) => number>>}
 */
export const expected = {
	chain: (n) => n + 4,
	forked: (n) => 3 * n + 12,
	flaky: (n) => n * 2,
	asked: (n) => n + 1,
	delayed: (n) => n + 2,
	looped: (n) => n + 2 - (n % 3),
};
