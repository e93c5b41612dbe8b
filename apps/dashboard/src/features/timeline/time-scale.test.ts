import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { idleGaps, momentAt, placeOf, type Span, ticksOf, timeScale } from "./time-scale.ts";

const SECOND = 1_000;
const DAY = 86_400_000;

const scaleOf = (window: Span, busy: readonly Span[], unfolded: ReadonlySet<number> | null = new Set()) =>
	timeScale({ window, busy, breakShare: 0.05, unfolded });

describe("the timeline's scale", () => {
	it("folds two idle days, so that the seconds of work around them can be seen", () => {
		const work = [
			{ from: 0, to: 4 * SECOND },
			{ from: 2 * DAY, to: 2 * DAY + 6 * SECOND },
		];
		const scale = scaleOf({ from: 0, to: 2 * DAY + 6 * SECOND }, work);
		expect(scale.pieces.map(({ isBreak }) => isBreak)).toEqual([false, true, false]);
		expect(placeOf(scale, 4 * SECOND)).toBeCloseTo(0.38);
		expect(placeOf(scale, 2 * DAY)).toBeCloseTo(0.43);
	});

	it("folds an hour beside two days as well, which alone would fill what is left", () => {
		const hour = 3_600_000;
		const work = [
			{ from: 0, to: SECOND },
			{ from: hour, to: hour + SECOND },
			{ from: hour + 2 * DAY, to: hour + 2 * DAY + SECOND },
		];
		const scale = scaleOf({ from: 0, to: hour + 2 * DAY + SECOND }, work);
		expect(scale.pieces.filter(({ isBreak }) => isBreak)).toHaveLength(2);
	});

	it("folds nothing of a run that is busy, nor when the reader wants it plain", () => {
		const busy = [{ from: 0, to: 100 }];
		expect(scaleOf({ from: 0, to: 104 }, busy).pieces).toHaveLength(1);
		expect(scaleOf({ from: 0, to: DAY }, busy, null).pieces).toHaveLength(1);
	});

	it("unfolds the break that the reader opened, and no other", () => {
		const busy = [
			{ from: 0, to: 10 },
			{ from: 1_000, to: 1_010 },
			{ from: 2_000, to: 2_010 },
		];
		const scale = scaleOf({ from: 0, to: 2_010 }, busy, new Set([10]));
		expect(scale.pieces.filter(({ isBreak }) => isBreak).map(({ from }) => from)).toEqual([1_010]);
	});

	it("keeps the order of moments, begins at 0, ends at 1 and finds every moment again", () => {
		const spans = fc.array(
			fc.tuple(fc.nat(1_000_000), fc.nat(5_000)).map(([from, length]) => ({ from, to: from + length })),
			{ maxLength: 30 },
		);
		fc.assert(
			fc.property(spans, fc.array(fc.nat(1_000_000), { minLength: 2, maxLength: 20 }), (busy, moments) => {
				const scale = scaleOf({ from: 0, to: 1_005_000 }, busy);
				expect(placeOf(scale, 0)).toBe(0);
				expect(placeOf(scale, 1_005_000)).toBeCloseTo(1);
				const sorted = [...moments].sort((a, b) => a - b);
				const places = sorted.map((at) => placeOf(scale, at));
				expect(places).toEqual([...places].sort((a, b) => a - b));
				for (const at of sorted) expect(momentAt(scale, placeOf(scale, at))).toBeCloseTo(at, 2);
			}),
		);
	});

	it("has a line also when nothing ran, and when no time has passed", () => {
		expect(scaleOf({ from: 0, to: DAY }, []).pieces).toMatchObject([{ isBreak: true, start: 0, end: 1 }]);
		expect(scaleOf({ from: 5, to: 5 }, []).pieces).toMatchObject([{ isBreak: false, start: 0, end: 1 }]);
	});

	it("sees overlapping work as one", () => {
		const busy = [
			{ from: 50, to: 60 },
			{ from: 0, to: 30 },
			{ from: 10, to: 20 },
		];
		expect(idleGaps({ from: 0, to: 100 }, busy)).toEqual([
			{ from: 30, to: 50 },
			{ from: 60, to: 100 },
		]);
	});

	it("puts ticks at round moments and none into a break", () => {
		const scale = scaleOf({ from: 1_000, to: 61_000 }, [{ from: 1_000, to: 61_000 }]);
		expect(ticksOf(scale, 0.2).flatMap(({ moments }) => moments)).toEqual([1_000, 16_000, 31_000, 46_000, 61_000]);
		expect(ticksOf(scaleOf({ from: 0, to: DAY }, []), 0.2)).toEqual([]);
	});
});
