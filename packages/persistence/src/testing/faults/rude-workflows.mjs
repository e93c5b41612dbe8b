import { setTimeout as sleep } from "node:timers/promises";
import { flow } from "@waymark/engine";

/** Tasks that do to their process, in their first attempt, what no task should. The second attempt yields its number. */
export function rudeWorkflows() {
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

	/** Holds the event loop, so that no heartbeat goes out. */
	const blocking = rude("blocking", () => {
		const since = performance.now();
		while (performance.now() - since < 2_500);
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
