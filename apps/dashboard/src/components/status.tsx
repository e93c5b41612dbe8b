import {
	Ban,
	CircleCheck,
	CircleDashed,
	CirclePause,
	CirclePlay,
	CircleQuestionMark,
	Loader,
	type LucideIcon,
	OctagonX,
	RadioTower,
	RotateCw,
	SkipForward,
	Timer,
} from "lucide-react";
import type { StatusEntry, StatusLook } from "./status-table.ts";

const ICONS: Readonly<Record<StatusLook, LucideIcon>> = {
	pending: CircleDashed,
	running: Loader,
	completed: CircleCheck,
	failed: OctagonX,
	retrying: RotateCw,
	waiting: Timer,
	"awaiting-signal": RadioTower,
	paused: CirclePause,
	cancelled: Ban,
	skipped: SkipForward,
	unknown: CircleQuestionMark,
};

interface StatusIconProps {
	readonly look: StatusLook;
	readonly size?: number;
	/** Never spins: for filters and legends, where nothing is running. */
	readonly still?: boolean;
}

/** The icon alone, hidden from assistive technology: a word always stands beside it. */
export function StatusIcon({ look, size = 14, still = false }: StatusIconProps) {
	const colour = { color: `var(--status-${look}-solid)` };
	const Icon = ICONS[look];
	if (look !== "running" || still) return <Icon aria-hidden size={size} style={colour} className="shrink-0" />;
	return (
		<span className="inline-flex shrink-0" style={colour} aria-hidden>
			<Loader size={size} className="status-spin" />
			<CirclePlay size={size} className="status-still" />
		</span>
	);
}

/** Icon and word in a soft pill. */
export function StatusBadge({ status, className = "" }: { readonly status: StatusEntry; readonly className?: string }) {
	return (
		<span
			data-status={status.look}
			className={`inline-flex h-6 items-center gap-1.5 whitespace-nowrap rounded-full px-2 text-xs font-medium ${className}`}
			style={{ color: `var(--status-${status.look}-text)`, background: `var(--status-${status.look}-soft)` }}
		>
			<StatusIcon look={status.look} size={13} />
			{status.word}
		</span>
	);
}

/** Icon and word as plain text, for table rows and status lines. The word stands on the line of what is beside it. */
export function StatusText({ status, size = 14 }: { readonly status: StatusEntry; readonly size?: number }) {
	return (
		<span
			data-status={status.look}
			className="inline-flex items-baseline gap-1.5 whitespace-nowrap font-medium *:self-center"
			style={{ color: `var(--status-${status.look}-text)` }}
		>
			<StatusIcon look={status.look} size={size} />
			{status.word}
		</span>
	);
}
