import type { Piece, TimeScale } from "./time-scale.ts";
import { ticksOf } from "./time-scale.ts";
import { percentOf, type Shown } from "./use-live-bars.ts";

export interface AxisTick {
	readonly moment: number;
	/** Place on the shown part, in per cent. */
	readonly place: number;
	/** "" where there is no room for it. */
	readonly text: string;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** About as wide as labels are, so that they stand apart. */
const TICK_PX = 96;
const LETTER_PX = 6.5;
const PADDING_PX = 6;

/**
 * Time since the start, as exact as the ticks are close. Behind a fold the first says when it is and the others how
 * long after that, so no two say the same: at 2h 14m a second more is no other minute.
 * @param width of the shown part, px
 */
export function axisTicks(scale: TimeScale, shown: Shown, width: number): readonly AxisTick[] {
	const line = Math.max(width, 1);
	const apart = (TICK_PX / Math.max(line, 2 * TICK_PX)) * (shown.to - shown.from);
	const said = new Set<string>();
	return ticksOf(scale, apart).flatMap(({ piece, step, moments }) => {
		const ticks = moments
			.map((moment) => ({ moment, place: percentOf(scale, shown, moment) }))
			.filter(({ place }) => place >= -0.1 && place <= 100.1);
		const [first] = ticks;
		if (first === undefined) return [];
		const isFirstPiece = piece.from === scale.from;
		return ticks.map(({ moment, place }) => {
			const since = moment - scale.from;
			const words =
				isFirstPiece || moment === first.moment
					? wordsOnce(since, isFirstPiece ? [step] : precisions(step), said)
					: `+${elapsed(moment - first.moment, step)}`;
			return { moment, place, text: fits(words, place, pieceEnd(scale, shown, piece), line) ? words : "" };
		});
	});
}

/** In per cent; no label reaches over the fold behind its stretch, or over the end of the line. */
function pieceEnd(scale: TimeScale, shown: Shown, { to }: Piece): number {
	return Math.min(100, percentOf(scale, shown, to));
}

function fits(text: string, place: number, end: number, width: number): boolean {
	return ((end - place) / 100) * width >= text.length * LETTER_PX + PADDING_PX;
}

/** How exactly a moment may be said, the shortest first. */
function precisions(step: number): readonly number[] {
	const least = step >= DAY ? HOUR : step >= 10 * MINUTE ? MINUTE : step >= SECOND ? SECOND : 100;
	return [least, SECOND, 100, 1].filter((precision) => precision <= least);
}

/** As short as it can be and still differ from what was said before. */
function wordsOnce(since: number, exactness: readonly number[], said: Set<string>): string {
	let words = "";
	for (const precision of exactness) {
		words = elapsed(since, precision);
		if (!said.has(words)) break;
	}
	said.add(words);
	return words;
}

/** `0`, `250 ms`, `1.5 s`, `2m 15s`, `2h 14m`, `3d 2h`: all that a step of that size changes, and nothing after it. */
export function elapsed(ms: number, step: number): string {
	const exact = Math.floor((ms + 1e-6) / Math.min(step, SECOND)) * Math.min(step, SECOND);
	if (exact <= 0) return "0";
	if (exact < SECOND) return `${Math.round(exact)} ms`;
	const digits = step >= SECOND ? 0 : step >= 100 ? 1 : step >= 10 ? 2 : 3;
	if (exact < MINUTE) return `${Number((exact / SECOND).toFixed(digits))} s`;
	const parts = [
		`${Math.floor(exact / DAY)}d`,
		`${Math.floor((exact % DAY) / HOUR)}h`,
		step < HOUR ? `${two(Math.floor((exact % HOUR) / MINUTE))}m` : "00m",
		step < MINUTE ? `${two(Number(((exact % MINUTE) / SECOND).toFixed(digits)))}s` : "00s",
	];
	const isNothing = (part: string | undefined) => part === undefined || Number.parseFloat(part) === 0;
	while (isNothing(parts[0]) && parts.length > 1) parts.shift();
	while (isNothing(parts.at(-1)) && parts.length > 1) parts.pop();
	return parts.join(" ").replace(/^0/, "");
}

function two(value: number): string {
	return value < 10 ? `0${value}` : String(value);
}
