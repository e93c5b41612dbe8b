import { readerZone } from "./reader-zone.ts";

/** Times and durations in words. All times are ms since the Unix epoch, all durations ms. */
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `820 ms`, `1.24 s`, `12.5 s`, `3m 12s`, `4h 05m`, `2d 4h`. Negative durations (clock differences) count as 0. */
export function formatDuration(ms: number): string {
	if (!Number.isFinite(ms)) return "–";
	const span = Math.max(0, ms);
	if (span < SECOND) return `${Math.round(span)} ms`;
	if (span < 10 * SECOND) return `${(Math.floor(span / 10) / 100).toFixed(2)} s`;
	if (span < MINUTE) return `${(Math.floor(span / 100) / 10).toFixed(1)} s`;
	return formatLong(span);
}

/** For a duration that still grows: whole seconds, so that it ticks without flicker. `0 s`, `48 s`, `3m 12s`. */
export function formatElapsed(ms: number): string {
	if (!Number.isFinite(ms)) return "–";
	const span = Math.max(0, ms);
	return span < MINUTE ? `${Math.floor(span / SECOND)} s` : formatLong(span);
}

function formatLong(span: number): string {
	if (span < HOUR) return `${Math.floor(span / MINUTE)}m ${pad(Math.floor((span % MINUTE) / SECOND))}s`;
	if (span < DAY) return `${Math.floor(span / HOUR)}h ${pad(Math.floor((span % HOUR) / MINUTE))}m`;
	return `${Math.floor(span / DAY)}d ${Math.floor((span % DAY) / HOUR)}h`;
}

/** Time that is left: `0:17`, `12:05`, `1:02:03`, `2d 4h`; `now` when it is over. Rounded up, so 0:00 never shows. */
export function formatCountdown(ms: number): string {
	if (!Number.isFinite(ms)) return "–";
	if (ms <= 0) return "now";
	const seconds = Math.ceil(ms / SECOND);
	if (seconds * SECOND >= DAY) return formatLong(seconds * SECOND);
	const hours = Math.floor(seconds / 3_600);
	const minutes = Math.floor((seconds % 3_600) / 60);
	const rest = pad(seconds % 60);
	return hours > 0 ? `${hours}:${pad(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** `just now`, `14 s ago`, `3 min ago`, `5 h ago`, `2 d ago`; for the future `in 14 s`. */
export function formatRelative(at: number, now: number): string {
	const span = Math.abs(now - at);
	if (span < 2 * SECOND) return "just now";
	const words =
		span < MINUTE
			? `${Math.floor(span / SECOND)} s`
			: span < HOUR
				? `${Math.floor(span / MINUTE)} min`
				: span < DAY
					? `${Math.floor(span / HOUR)} h`
					: `${Math.floor(span / DAY)} d`;
	return at <= now ? `${words} ago` : `in ${words}`;
}

/** Short: the clock for today, the date as well for other days. In the reader's zone unless told otherwise. */
export function formatClock(at: number, now: number, timeZone = readerZone()): string {
	const zone = timeZone === undefined ? {} : { timeZone };
	const day = new Intl.DateTimeFormat("en-CA", { ...zone, dateStyle: "short" });
	const clock = new Intl.DateTimeFormat("en-GB", { ...zone, timeStyle: "medium" }).format(at);
	if (day.format(at) === day.format(now)) return clock;
	const date = new Intl.DateTimeFormat("en-GB", { ...zone, day: "numeric", month: "short" }).format(at);
	const sameYear = day.format(at).slice(0, 4) === day.format(now).slice(0, 4);
	return sameYear ? `${date}, ${clock}` : `${date} ${day.format(at).slice(0, 4)}, ${clock}`;
}

/** Everything, for tooltips: local date and time with its zone. */
export function formatFull(at: number, timeZone = readerZone()): string {
	const zone = timeZone === undefined ? {} : { timeZone };
	return new Intl.DateTimeFormat("en-GB", { ...zone, dateStyle: "medium", timeStyle: "long" }).format(at);
}

/** `10,000`: a limit of many digits is read at a glance. */
export function formatCount(count: number): string {
	return count.toLocaleString("en-GB");
}

/** A count that stops at 10,001: `10,000+`. */
export function formatAtMost(count: number): string {
	return count > COUNT_LIMIT ? `${formatCount(COUNT_LIMIT)}+` : formatCount(count);
}

/** As the database counts at most (see the engine's list-query.ts). */
const COUNT_LIMIT = 10_000;

/** Day and minute, for filters: `24 Nov 2026, 22:05`. */
export function formatMoment(at: number, timeZone = readerZone()): string {
	const zone = timeZone === undefined ? {} : { timeZone };
	return new Intl.DateTimeFormat("en-GB", { ...zone, dateStyle: "medium", timeStyle: "short" }).format(at);
}

export function formatBytes(bytes: number): string {
	if (bytes < 1_000) return `${bytes} B`;
	if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)} kB`;
	return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function pad(value: number): string {
	return String(value).padStart(2, "0");
}
