import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { axisTicks, elapsed } from "./axis-ticks.ts";
import { type Span, timeScale } from "./time-scale.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const WHOLE = { from: 0, to: 1 };

const scaleOf = (window: Span, busy: readonly Span[], width: number) =>
	timeScale({ window, busy, breakShare: 24 / Math.max(200, width), unfolded: new Set() });
const texts = (window: Span, busy: readonly Span[], width: number, shown = WHOLE) =>
	axisTicks(scaleOf(window, busy, width), shown, width).map(({ text }) => text);

/** Something ran for 1.23 s; 2 h 14 min later the line ends, with 3 s of room. */
const DELAY = {
	window: { from: 0, to: 8_049_400 },
	busy: [
		{ from: 0, to: 1_230 },
		{ from: 8_046_400, to: 8_049_400 },
	],
};

describe("the labels of the axis", () => {
	it("count on from a fold by how long after it they are", () => {
		const { window, busy } = DELAY;
		expect(texts(window, busy, 920)).toEqual([
			"0",
			"500 ms",
			"1 s",
			"2h 14m 06.4s",
			"+500 ms",
			"+1 s",
			"+1.5 s",
			"+2 s",
			"+2.5 s",
			"",
		]);
	});

	it("are there on a narrow line too, at the beginning of each stretch", () => {
		const { window, busy } = DELAY;
		const [first, second] = texts(window, busy, 190);
		expect([first, second]).toEqual(["0", "2h 14m 06s"]);
	});

	it("leave out what would be cut off by the end of the line", () => {
		const ticks = axisTicks(scaleOf({ from: 0, to: 10_000 }, [{ from: 0, to: 10_000 }], 900), WHOLE, 900);
		expect(ticks.at(-1)).toMatchObject({ place: 100, text: "" });
		expect(ticks.at(-2)?.text).not.toBe("");
	});

	it("say the whole time at the left edge of a part that is looked at closely", () => {
		const { window, busy } = DELAY;
		const [first, second] = texts(window, busy, 920, { from: 0.6, to: 0.7 });
		expect(first).toMatch(/^2h 14m 0\d\.\ds$/);
		expect(second).toMatch(/^\+/);
		const [zoomed, next] = texts({ from: 0, to: 2 * HOUR }, [{ from: 0, to: 2 * HOUR }], 920, {
			from: 0.501,
			to: 0.51,
		});
		expect([zoomed, next]).toEqual(["1h 00m 10s", "1h 00m 20s"]);
	});

	it("never say the same twice in one stretch, and every stretch begins with a time of its own", () => {
		const spans = fc.array(fc.tuple(fc.nat(5_000_000), fc.integer({ min: 1, max: 400_000 })), { maxLength: 6 });
		fc.assert(
			fc.property(
				spans,
				fc.integer({ min: 1, max: 5_400_000 }),
				fc.integer({ min: 120, max: 1_600 }),
				(list, to, width) => {
					const busy = list.map(([from, length]) => ({ from, to: from + length }));
					const scale = scaleOf({ from: 0, to }, busy, width);
					const ticks = axisTicks(scale, WHOLE, width);
					const times = ticks.map(({ text }) => text).filter((text) => text !== "" && !text.startsWith("+"));
					expect(new Set(times).size).toBe(times.length);
					for (const { from, to: end } of scale.pieces) {
						const inside = ticks.filter(({ moment }) => moment >= from && moment <= end);
						const after = inside.map(({ text }) => text).filter((text) => text.startsWith("+"));
						expect(new Set(after).size).toBe(after.length);
					}
				},
			),
		);
	});
});

describe("a time on the axis", () => {
	it("is as exact as the step from one tick to the next", () => {
		expect(elapsed(0, SECOND)).toBe("0");
		expect(elapsed(250, 50)).toBe("250 ms");
		expect(elapsed(1_500, 500)).toBe("1.5 s");
		expect(elapsed(1_250, 50)).toBe("1.25 s");
		expect(elapsed(15 * SECOND, 5 * SECOND)).toBe("15 s");
		expect(elapsed(2 * MINUTE, 15 * SECOND)).toBe("2m");
		expect(elapsed(2 * MINUTE + 5 * SECOND, 5 * SECOND)).toBe("2m 05s");
		expect(elapsed(HOUR + 5 * SECOND, 5 * SECOND)).toBe("1h 00m 05s");
		expect(elapsed(2 * HOUR + 14 * MINUTE + 6_400, MINUTE)).toBe("2h 14m");
		expect(elapsed(50 * HOUR, HOUR)).toBe("2d 2h");
		expect(elapsed(48 * HOUR, HOUR)).toBe("2d");
	});
});
