"use client";

import { Button } from "../../components/button.tsx";
import { LOOK_WORDS } from "../../components/status-table.ts";
import type { AttemptChoice } from "./attempt-filter.ts";

interface TimelineBarProps {
	readonly isFolded: boolean;
	onFold(fold: boolean): void;
	/** Nothing where there is nothing to choose. */
	readonly choices: readonly AttemptChoice[];
	/** As it stands in the address; "": all. */
	readonly chosen: string;
	onChoose(value: string): void;
	readonly isZoomed: boolean;
	onWhole(): void;
}

const LEGEND = ["completed", "running", "failed", "retrying", "waiting", "awaiting-signal"] as const;

/** What of the line is shown, and what its patterns mean. */
export function TimelineBar({ isFolded, onFold, choices, chosen, onChoose, isZoomed, onWhole }: TimelineBarProps) {
	return (
		<div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-b px-4 py-1.5 text-xs sm:px-6">
			<label className="flex h-6 items-center gap-1.5">
				<input type="checkbox" checked={isFolded} onChange={(event) => onFold(event.target.checked)} />
				Fold idle time
			</label>
			{choices.length === 0 ? null : <Attempts choices={choices} chosen={chosen} onChoose={onChoose} />}
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

function Attempts({ choices, chosen, onChoose }: Pick<TimelineBarProps, "choices" | "chosen" | "onChoose">) {
	const isOffered = choices.some(({ value }) => value === chosen);
	return (
		<select
			aria-label="Attempts"
			value={chosen}
			onChange={(event) => onChoose(event.target.value)}
			className="h-6 rounded-control border border-line-strong bg-page px-1.5"
		>
			{choices.map(({ value, word }) => (
				<option key={value} value={value}>
					{word}
				</option>
			))}
			{isOffered ? null : <option value={chosen}>Attempt {chosen}</option>}
		</select>
	);
}
