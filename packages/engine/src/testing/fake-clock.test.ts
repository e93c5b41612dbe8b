import { describe, expect, it } from "vitest";
import { FakeClock } from "./fake-clock.ts";

describe("FakeClock", () => {
	it("fires timers in the order of their times, each at its own time", () => {
		const clock = new FakeClock(0);
		const fired: string[] = [];
		clock.after(30, () => fired.push(`late at ${clock.now()}`));
		clock.after(10, () => {
			fired.push(`early at ${clock.now()}`);
			clock.after(5, () => fired.push(`set on the way at ${clock.now()}`));
		});
		clock.advance(9);
		expect(fired).toEqual([]);
		clock.advance(40);
		expect(fired).toEqual(["early at 10", "set on the way at 15", "late at 30"]);
		expect([clock.now(), clock.monotonic(), clock.nextTimerInMs]).toEqual([49, 49, null]);
	});

	it("repeats an interval until it is cancelled", () => {
		const clock = new FakeClock(0);
		const fired: number[] = [];
		const timer = clock.every(10, () => fired.push(clock.now()));
		clock.advance(25);
		expect([fired, clock.nextTimerInMs]).toEqual([[10, 20], 5]);
		timer.cancel();
		clock.advance(100);
		expect(fired).toEqual([10, 20]);
	});
});
