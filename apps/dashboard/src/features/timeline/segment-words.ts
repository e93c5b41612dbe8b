import { formatDuration } from "../../time/format.ts";
import type { Segment } from "./segment.ts";
import type { TimelineRow } from "./timeline-rows.ts";

const WORD: Readonly<Record<Segment["what"], string>> = {
	succeeded: "succeeded",
	running: "runs",
	queued: "waits for a worker",
	backoff: "backoff",
	delay: "delay",
	signal: "awaits its signal",
	failed: "failed",
	timed_out: "timed out",
	lost: "was lost with its worker",
	cancelled: "was cancelled",
};

/** "Attempt 2 failed, 1.24 s", "Backoff before attempt 3, 5.00 s". */
export function segmentWords({ what, attempt, from, to, path }: Segment): string {
	const took = to === null ? "" : `, ${formatDuration(to - from)}`;
	const where = /\[\d+\]/.test(path) ? ` · ${path}` : "";
	if (what === "backoff") return `Backoff before attempt ${attempt}${took}${where}`;
	if (attempt === null) return `${WORD[what].charAt(0).toUpperCase()}${WORD[what].slice(1)}${took}${where}`;
	return `Attempt ${attempt} ${WORD[what]}${took}${where}`;
}

/** Begin of what happened at a row, and how long it took; null where nothing did. */
export function rowSpan({
	segments,
	extent,
}: TimelineRow): { readonly from: number; readonly to: number | null } | null {
	if (extent !== null) return extent;
	const [first] = segments;
	if (first === undefined) return null;
	const open = segments.some(({ to }) => to === null);
	return { from: first.from, to: open ? null : Math.max(...segments.map(({ to }) => to ?? 0)) };
}
