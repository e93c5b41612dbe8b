import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { durationMs, LONGEST_DURATION_MS, parseDuration } from "./duration.ts";
import { InvalidArgumentError } from "./errors.ts";

describe("parseDuration", () => {
	it.each([
		[0, 0],
		[1500, 1500],
		[1.4, 1],
		["0s", 0],
		["250ms", 250],
		["30s", 30_000],
		["5m", 300_000],
		["1.5h", 5_400_000],
		["24h", 86_400_000],
		["7d", 604_800_000],
		["36500d", LONGEST_DURATION_MS],
	])("reads %j as %d ms", (text, ms) => {
		expect(parseDuration(text)).toEqual({ ok: true, ms });
	});

	it.each([
		Number.NaN,
		Number.POSITIVE_INFINITY,
		-1,
		"-1s",
		"5 bananas",
		"5",
		"s",
		"",
		" 5s",
		"5s ",
		"5S",
		"1e3s",
		"Infinitys",
		"0x10s",
		"1.s",
		"36501d",
		LONGEST_DURATION_MS + 1,
		"9".repeat(100_000),
		null,
		undefined,
		{},
		[5],
		5n,
		Symbol("5s"),
		new Date(0),
	])("refuses %s with a reason", (value) => {
		const parsed = parseDuration(value);
		expect(parsed.ok).toBe(false);
		if (!parsed.ok) expect(parsed.problem.length).toBeLessThan(250);
	});

	it("reads any whole number of any unit exactly", () => {
		const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
		const unit = fc.constantFrom<keyof typeof units>("ms", "s", "m", "h", "d");
		fc.assert(
			fc.property(fc.nat(36_000), unit, (amount, name) => {
				expect(parseDuration(`${amount}${name}`)).toEqual({ ok: true, ms: amount * units[name] });
			}),
		);
	});

	it("never throws, whatever it is given", () => {
		fc.assert(fc.property(fc.anything(), (value) => typeof parseDuration(value).ok === "boolean"));
	});
});

describe("durationMs", () => {
	it("answers the milliseconds, or throws naming the argument", () => {
		expect(durationMs("2s", "timeout")).toBe(2_000);
		expect(() => durationMs(-1, "timeout")).toThrow(InvalidArgumentError);
		expect(() => durationMs(-1, "timeout")).toThrow("timeout: -1 is negative");
	});
});
