/** From times (ms since the epoch) to places on a line, with long idle stretches folded into breaks of fixed width. */

export interface Span {
	readonly from: number;
	readonly to: number;
}

/** A stretch of the line. Within it time runs evenly; a break stands for more time than its width says. */
export interface Piece extends Span {
	/** Place of its ends on the whole line, 0 to 1. */
	readonly start: number;
	readonly end: number;
	readonly isBreak: boolean;
}

export interface TimeScale extends Span {
	readonly pieces: readonly Piece[];
}

/** A stretch in which nothing runs is folded when it is longer than this share of what is left unfolded. */
const IDLE_SHARE = 0.05;

interface ScaleOptions {
	readonly window: Span;
	/** When something ran, in any order; may overlap. */
	readonly busy: readonly Span[];
	/** Share of the line that one break takes. */
	readonly breakShare: number;
	/** Starts of breaks that the reader has unfolded; null: nothing is folded at all. */
	readonly unfolded: ReadonlySet<number> | null;
}

export function timeScale({ window, busy, breakShare, unfolded }: ScaleOptions): TimeScale {
	const gaps = unfolded === null ? [] : idleGaps(window, busy).filter(({ from }) => !unfolded.has(from));
	return { ...window, pieces: piecesOf(window, longest(gaps, window), breakShare) };
}

/** What is left between the busy spans. */
export function idleGaps(window: Span, busy: readonly Span[]): readonly Span[] {
	const gaps: Span[] = [];
	let at = window.from;
	for (const { from, to } of [...busy].sort((a, b) => a.from - b.from)) {
		if (from > at) gaps.push({ from: at, to: Math.min(from, window.to) });
		at = Math.max(at, to);
	}
	if (at < window.to) gaps.push({ from: at, to: window.to });
	return gaps.filter(({ from, to }) => to > from);
}

/** The longest first, for as long as each is too long for what the ones before it have left. */
function longest(gaps: readonly Span[], window: Span): readonly Span[] {
	let left = window.to - window.from;
	const folded: Span[] = [];
	for (const gap of [...gaps].sort((a, b) => b.to - b.from - (a.to - a.from))) {
		const length = gap.to - gap.from;
		if (length <= left * IDLE_SHARE) break;
		left -= length;
		folded.push(gap);
	}
	return folded.sort((a, b) => a.from - b.from);
}

function piecesOf(window: Span, folded: readonly Span[], breakShare: number): readonly Piece[] {
	const stretches: (Span & { readonly isBreak: boolean })[] = [];
	let at = window.from;
	for (const gap of folded) {
		if (gap.from > at) stretches.push({ from: at, to: gap.from, isBreak: false });
		stretches.push({ ...gap, isBreak: true });
		at = gap.to;
	}
	if (at < window.to || stretches.length === 0) stretches.push({ from: at, to: window.to, isBreak: false });
	const open = stretches.filter(({ isBreak }) => !isBreak).reduce((sum, { from, to }) => sum + to - from, 0);
	// Many breaks on a narrow line, or nothing but breaks: they share what there is.
	const share = open === 0 ? 1 / folded.length : Math.min(breakShare, 0.5 / Math.max(1, folded.length));
	const rest = 1 - share * folded.length;
	let start = 0;
	return stretches.map(({ from, to, isBreak }) => {
		const end = start + (isBreak ? share : open === 0 ? 1 : ((to - from) / open) * rest);
		const piece = { from, to, isBreak, start, end };
		start = end;
		return piece;
	});
}

/** Place of a moment, 0 to 1; moments outside of the window lie at its ends. */
export function placeOf({ pieces }: TimeScale, at: number): number {
	for (const { from, to, start, end } of pieces) {
		if (at <= from) return start;
		if (at < to) return start + ((at - from) / (to - from)) * (end - start);
	}
	return pieces.at(-1)?.end ?? 0;
}

/** The moment at a place. */
export function momentAt({ pieces, to: last }: TimeScale, place: number): number {
	for (const { from, to, start, end } of pieces) {
		if (place <= end) return end === start ? from : from + (Math.max(0, place - start) / (end - start)) * (to - from);
	}
	return last;
}

const STEPS_MS = [
	1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000,
	900_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000, 43_200_000, 86_400_000, 172_800_000, 604_800_000,
];

interface Ticks {
	readonly piece: Piece;
	/** Ms from one to the next. */
	readonly step: number;
	readonly moments: readonly number[];
}

/**
 * Round moments, counted from the beginning of each unfolded stretch, that lie at least `apart` (share of the line)
 * from each other. A stretch that has no room for two has its beginning.
 */
export function ticksOf(scale: TimeScale, apart: number): readonly Ticks[] {
	return scale.pieces.flatMap((piece) => {
		const { from, to, start, end, isBreak } = piece;
		if (isBreak) return [];
		const step = end > start ? stepFor(((to - from) / (end - start)) * apart) : 1;
		const moments = [from];
		for (let at = from + step; at <= to && end - start >= apart; at += step) moments.push(at);
		return [{ piece, step, moments }];
	});
}

function stepFor(least: number): number {
	const longestStep = STEPS_MS.at(-1) ?? 1;
	return STEPS_MS.find((step) => step >= least) ?? Math.ceil(least / longestStep) * longestStep;
}
