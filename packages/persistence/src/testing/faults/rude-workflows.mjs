import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { flow } from "@waymark/engine";

/**
 * Tasks that do to their process, in their first attempt, what no task should. The second attempt yields its number.
 * @param {string} until path of the file that ends `blocking`
 */
export function rudeWorkflows(until) {
	const retry = { maxAttempts: 5, initialDelay: 10 };
	/** @type {(name: string, rude: () => unknown) => any} */
	const rude = (name, act) =>
		flow(name)
			.task(
				"t",
				async (_input, { attempt }) => {
					if (attempt === 1) await act();
					return attempt;
				},
				{ retry },
			)
			.build();

	/** Holds the event loop, so that no heartbeat goes out, until that file is there. */
	const blocking = rude("blocking", () => {
		const still = new Int32Array(new SharedArrayBuffer(4));
		while (!existsSync(until)) Atomics.wait(still, 0, 0, 50);
	});
	const exiting = rude("exiting", () => process.exit(0));
	const throwing = rude("throwing", async () => {
		setImmediate(() => {
			throw new Error("nobody catches this");
		});
		await sleep(600_000);
	});
	const rejecting = rude("rejecting", async () => {
		void Promise.reject(new Error("nobody hears this"));
		await sleep(600_000);
	});
	return { blocking, exiting, throwing, rejecting };
}
