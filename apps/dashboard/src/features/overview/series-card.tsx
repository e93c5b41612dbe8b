"use client";

import type { Overview, SeriesRange } from "../../server/wire.ts";
import { formatCount, formatDuration } from "../../time/format.ts";
import { rangeWords, Sparkline } from "./sparkline.tsx";

const RANGES = [
	{ range: "1h", word: "1 hour" },
	{ range: "24h", word: "24 hours" },
	{ range: "7d", word: "7 days" },
] as const satisfies readonly { readonly range: SeriesRange; readonly word: string }[];

export function RangeSwitch({ range, onChange }: { readonly range: SeriesRange; onChange(range: SeriesRange): void }) {
	return (
		<fieldset aria-label="Time shown" className="flex gap-1">
			{RANGES.map((each) => (
				<button
					key={each.range}
					type="button"
					aria-pressed={range === each.range}
					onClick={() => onChange(each.range)}
					className="h-7 rounded-control px-2 text-ink-muted text-xs hover:bg-hover aria-pressed:bg-pressed aria-pressed:text-ink"
				>
					{each.word}
				</button>
			))}
		</fieldset>
	);
}

/** How much ended, how long it took, and what share of it failed. */
export function Series({ ended }: { readonly ended: Overview["ended"] }) {
	const { buckets } = ended;
	const completed = buckets.map((bucket) => bucket.completed);
	const shares = buckets.map(({ completed: well, failed }) => (well + failed === 0 ? null : failed / (well + failed)));
	const p95 = buckets.map((bucket) => bucket.p95);
	const failed = sum(buckets.map((bucket) => bucket.failed));
	const well = sum(completed);
	const about = buckets.some(({ estimated }) => estimated) ? "about " : "";
	const last = p95.findLast((value) => value !== null);
	return (
		<div className="grid gap-4 p-4 sm:grid-cols-3">
			<Figure title="Completed" value={`${about}${formatCount(well)}`}>
				<Sparkline
					as="bars"
					values={completed}
					colour="var(--status-completed-solid)"
					label={`Completed instances: ${rangeWords(completed)}`}
				/>
			</Figure>
			<Figure
				title="Failed"
				value={`${about}${formatCount(failed)}${well + failed === 0 ? "" : ` · ${percent(failed / (well + failed))}`}`}
			>
				<Sparkline
					as="bars"
					values={shares}
					colour="var(--status-failed-solid)"
					label={`Share of failures: ${rangeWords(shares, percent)}`}
				/>
			</Figure>
			<Figure title="Duration, 95th percentile" value={last == null ? "–" : formatDuration(last)}>
				<Sparkline
					as="line"
					values={p95}
					colour="var(--status-running-solid)"
					label={`Duration, 95th percentile of a sample: ${rangeWords(p95, formatDuration)}`}
				/>
			</Figure>
		</div>
	);
}

function Figure({
	title,
	value,
	children,
}: {
	readonly title: string;
	readonly value: string;
	readonly children: React.ReactNode;
}) {
	return (
		<figure className="min-w-0">
			<figcaption className="mb-2 flex items-baseline justify-between gap-2">
				<span className="text-ink-muted text-xs">{title}</span>
				<span className="font-semibold text-base">{value}</span>
			</figcaption>
			{children}
		</figure>
	);
}

function sum(values: readonly number[]): number {
	return values.reduce((before, value) => before + value, 0);
}

function percent(share: number): string {
	const value = share * 100;
	return `${value > 0 && value < 1 ? value.toFixed(1) : Math.round(value)} %`;
}
