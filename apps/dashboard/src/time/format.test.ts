import { describe, expect, it } from "vitest";
import {
	formatBytes,
	formatClock,
	formatCountdown,
	formatDuration,
	formatElapsed,
	formatFull,
	formatRelative,
} from "./format.ts";

const NOON = Date.UTC(2026, 10, 23, 12, 4, 11);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe("formatDuration", () => {
	it.each([
		[0, "0 ms"],
		[820, "820 ms"],
		[999.4, "999 ms"],
		[1_240, "1.24 s"],
		[9_999, "9.99 s"],
		[12_590, "12.5 s"],
		[59_999, "59.9 s"],
		[3 * MINUTE + 12_000, "3m 12s"],
		[5 * HOUR + 4 * MINUTE, "5h 04m"],
		[2 * DAY + 4 * HOUR, "2d 4h"],
		[-50, "0 ms"],
		[Number.NaN, "–"],
	])("writes %d ms as %s", (ms, text) => {
		expect(formatDuration(ms)).toBe(text);
	});
});

describe("formatElapsed", () => {
	it("ticks in whole seconds and never shows a later second than has passed", () => {
		expect(formatElapsed(999)).toBe("0 s");
		expect(formatElapsed(48_900)).toBe("48 s");
		expect(formatElapsed(192_000)).toBe("3m 12s");
	});
});

describe("formatCountdown", () => {
	it.each([
		[0, "now"],
		[-5, "now"],
		[1, "0:01"],
		[17_000, "0:17"],
		[12 * MINUTE + 5_000, "12:05"],
		[HOUR + 2 * MINUTE + 3_000, "1:02:03"],
		[2 * DAY + 4 * HOUR, "2d 4h"],
	])("writes %d ms left as %s", (ms, text) => {
		expect(formatCountdown(ms)).toBe(text);
	});
});

describe("formatRelative", () => {
	it("speaks of the past and of the future", () => {
		expect(formatRelative(NOON - 500, NOON)).toBe("just now");
		expect(formatRelative(NOON - 14_000, NOON)).toBe("14 s ago");
		expect(formatRelative(NOON - 3 * MINUTE, NOON)).toBe("3 min ago");
		expect(formatRelative(NOON - 5 * HOUR, NOON)).toBe("5 h ago");
		expect(formatRelative(NOON + 2 * DAY, NOON)).toBe("in 2 d");
	});
});

describe("formatClock", () => {
	it("leaves today's date out, and the year of this year", () => {
		expect(formatClock(NOON, NOON, "UTC")).toBe("12:04:11");
		expect(formatClock(NOON - 3 * DAY, NOON, "UTC")).toBe("20 Nov, 12:04:11");
		expect(formatClock(NOON - 400 * DAY, NOON, "UTC")).toBe("19 Oct 2025, 12:04:11");
	});

	it("decides what today is in the reader's zone", () => {
		const lateInDenver = Date.UTC(2026, 10, 23, 5, 30);
		expect(formatClock(lateInDenver, NOON, "America/Denver")).toBe("22 Nov, 22:30:00");
		expect(formatClock(lateInDenver, NOON, "UTC")).toBe("05:30:00");
	});

	it("names the zone in the full form", () => {
		expect(formatFull(NOON, "UTC")).toBe("23 Nov 2026, 12:04:11 UTC");
	});
});

it("writes sizes in the unit that fits", () => {
	expect([formatBytes(0), formatBytes(999), formatBytes(1_204), formatBytes(5_000_000)]).toEqual([
		"0 B",
		"999 B",
		"1.2 kB",
		"5.0 MB",
	]);
});
