import { describe, expect, it } from "vitest";
import { FakeClock } from "../testing/fake-clock.ts";
import { EndWaiter } from "./end-waiter.ts";

describe("who waits for an instance that another process works on", () => {
	/** When it looked, in ms, while somebody committed every millisecond. */
	async function looksWithin(ms: number): Promise<number[]> {
		const clock = new FakeClock();
		const waiter = new EndWaiter(clock, clock);
		const began = clock.monotonic();
		const looks: number[] = [];
		let isOver = false;
		const looking = (async () => {
			while (!isOver) {
				await waiter.next();
				looks.push(clock.monotonic() - began);
			}
		})();
		for (let at = 0; at < ms; at += 1) {
			waiter.heard({ origin: "remote" });
			await clock.nextTurn();
			clock.advance(1);
			await clock.nextTurn();
		}
		isOver = true;
		waiter.wake();
		await looking;
		return looks;
	}

	it("looks soon at first, and every ten milliseconds in the long run", async () => {
		const looks = await looksWithin(1_000);
		expect(looks.slice(0, 4)).toEqual([1, 3, 6, 10]);
		expect(looks.length).toBeLessThan(110);
		expect(looks.length).toBeGreaterThan(90);
	});
});
