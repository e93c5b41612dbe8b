import type { StatusLook } from "./status-table.ts";

interface ProgressBarProps {
	readonly done: number;
	readonly total: number;
	/** Gives the filled part its colour; the figures beside it say the same without. */
	readonly look: StatusLook;
}

/** How many plan nodes are resolved, as bar and figures. */
export function ProgressBar({ done, total, look }: ProgressBarProps) {
	const share = total === 0 ? 0 : Math.min(1, done / total);
	return (
		<span className="flex items-center gap-2">
			<span className="bar relative h-1.5 w-16 shrink-0 overflow-hidden rounded-full bg-pressed" aria-hidden>
				<span
					className="absolute inset-y-0 left-0 rounded-full"
					style={{ width: `${share * 100}%`, background: `var(--status-${look}-solid)` }}
				/>
			</span>
			<span className="text-ink-muted text-xs">
				<span className="text-ink">{done}</span>/{total}
			</span>
		</span>
	);
}
