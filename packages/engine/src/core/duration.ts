import { InvalidArgumentError } from "./errors.ts";

/** A length of time: a number of milliseconds, or a number with its unit: `"250ms"`, `"30s"`, `"5m"`, `"1.5h"`, `"7d"`. */
export type Duration = number | `${number}${"ms" | "s" | "m" | "h" | "d"}`;

export type ParsedDuration =
	| { readonly ok: true; readonly ms: number }
	| { readonly ok: false; readonly problem: string };

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const TEXT = /^(\d{1,16}(?:\.\d{1,9})?)(ms|s|m|h|d)$/;

/** A hundred years: beyond this a duration is taken for a mistake, and dates would overflow. */
export const LONGEST_DURATION_MS = 100 * 365 * UNIT_MS.d;

function isUnit(text: string | undefined): text is keyof typeof UNIT_MS {
	return text !== undefined && Object.hasOwn(UNIT_MS, text);
}

function show(value: unknown): string {
	if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
	return typeof value === "number" || value === null || value === undefined ? String(value) : `a ${typeof value}`;
}

function toMs(value: unknown): number {
	if (typeof value === "number") return value;
	if (typeof value !== "string") return Number.NaN;
	const [, amount, unit] = TEXT.exec(value) ?? [];
	return isUnit(unit) ? Number(amount) * UNIT_MS[unit] : Number.NaN;
}

/** Whole milliseconds (rounded) from 0 to a hundred years, or what is wrong with the value. */
export function parseDuration(value: unknown): ParsedDuration {
	const ms = toMs(value);
	if (Number.isNaN(ms)) {
		return {
			ok: false,
			problem: `${show(value)} is not a duration; write a number of milliseconds or a text such as "30s", "5m" or "24h"`,
		};
	}
	if (ms < 0) return { ok: false, problem: `${show(value)} is negative; a duration is 0 or longer` };
	if (ms > LONGEST_DURATION_MS) {
		return { ok: false, problem: `${show(value)} is longer than 100 years; use a shorter duration` };
	}
	return { ok: true, ms: Math.round(ms) };
}

/**
 * Whole milliseconds of a duration given to an API as `argument`.
 * Throws `InvalidArgumentError` for anything `parseDuration` refuses.
 */
export function durationMs(value: Duration, argument = "duration"): number {
	const parsed = parseDuration(value);
	if (!parsed.ok) throw new InvalidArgumentError(argument, `${argument}: ${parsed.problem}.`);
	return parsed.ms;
}
