"use client";

import { Button } from "../../components/button.tsx";
import { LOOK_WORDS } from "../../components/status-table.ts";

interface TimelineBarProps {
	readonly isFolded: boolean;
	onFold(fold: boolean): void;
	/** Absent where the instance was never retried. */
	readonly sinceRetry?: boolean;
	onSinceRetry?(since: boolean): void;
	readonly isZoomed: boolean;
	onWhole(): void;
}

const LEGEND = ["completed", "running", "failed", "retrying", "waiting", "awaiting-signal"] as const;

/** What of the line is shown, and what its patterns mean. */
export function TimelineBar({ isFolded, onFold, sinceRetry, onSinceRetry, isZoomed, onWhole }: TimelineBarProps) {
	return (
		<div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-b px-4 py-1.5 text-xs sm:px-6">
			<label className="flex h-6 items-center gap-1.5">
				<input type="checkbox" checked={isFolded} onChange={(event) => onFold(event.target.checked)} />
				Fold idle time
			</label>
			{sinceRetry === undefined ? null : (
				<label className="flex h-6 items-center gap-1.5">
					<input type="checkbox" checked={sinceRetry} onChange={(event) => onSinceRetry?.(event.target.checked)} />
					Since the last retry only
				</label>
			)}
			{isZoomed ? (
				<Button size="sm" onClick={onWhole}>
					Show all
				</Button>
			) : null}
			<ul aria-label="Legend" className="ml-auto flex flex-wrap gap-x-3 text-ink-muted max-md:hidden">
				{LEGEND.map((look) => (
					<li key={look} className="flex items-center gap-1.5">
						<span aria-hidden className={`h-2.5 w-5 rounded-sm status-pattern-${look}`} />
						{look === "retrying" ? "Backoff" : LOOK_WORDS[look]}
					</li>
				))}
			</ul>
		</div>
	);
}
