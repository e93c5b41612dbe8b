import { describe, expect, it } from "vitest";
import { FakeClock } from "../testing/fake-clock.ts";
import { Paced } from "./paced.ts";

describe("what others ask for", () => {
	/** Each time takes so long; `at` is when each began. */
	function paced(tookMs: number, rests: number) {
		const clock = new FakeClock();
		const began = clock.monotonic();
		const at: number[] = [];
		const action = async () => {
			at.push(clock.monotonic() - began);
			await new Promise<void>((resolve) => void clock.after(tookMs, resolve));
		};
		const asked = new Paced(clock, clock, action, () => rests);
		const pass = async (ms: number, each: () => void = () => undefined) => {
			for (let n = 0; n < ms; n += 1) {
				each();
				await clock.nextTurn();
				clock.advance(1);
				await clock.nextTurn();
			}
		};
		return { asked, at, pass };
	}

	it("is done at once after a rest", async () => {
		const { asked, at, pass } = paced(5, 3);
		asked.ask();
		await pass(20);
		asked.ask();
		await pass(20);
		expect(at).toEqual([0, 20]);
	});

	it("takes its share of the time and no more, however often it is asked for", async () => {
		const { asked, at, pass } = paced(5, 9);
		await pass(490, () => asked.ask());
		expect(at).toEqual([0, 50, 100, 150, 200, 250, 300, 350, 400, 450]);
	});

	it("is done once more for what was asked while it was under way, and in its rest", async () => {
		const { asked, at, pass } = paced(5, 3);
		asked.ask();
		await pass(2);
		asked.ask();
		asked.ask();
		await pass(100);
		expect(at).toEqual([0, 20]);
	});

	it("rests for a second at most, however long it hung", async () => {
		const { asked, at, pass } = paced(2_000, 9);
		asked.ask();
		await pass(10);
		asked.ask();
		await pass(3_500);
		expect(at).toEqual([0, 3_000]);
	});

	it("is done no more once it was stopped", async () => {
		const { asked, at, pass } = paced(5, 3);
		asked.ask();
		await pass(2);
		asked.ask();
		asked.stop();
		await pass(100);
		expect(at).toEqual([0]);
	});
});
