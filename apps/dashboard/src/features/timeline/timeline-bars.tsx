import { serverNow } from "../../time/ticker.ts";
import { SEGMENT_LOOK } from "./segment.ts";
import { segmentWords } from "./segment-words.ts";
import type { TimeScale } from "./time-scale.ts";
import type { TimelineRow } from "./timeline-rows.ts";
import { percentOf, type Shown } from "./use-live-bars.ts";

interface TimelineBarsProps {
	readonly row: TimelineRow;
	readonly scale: TimeScale;
	readonly shown: Shown;
}

/** The stretches of one row. What they say stands in the row's own words too, so they are hidden from assistive technology. */
export function TimelineBars({ row: { segments, extent }, scale, shown }: TimelineBarsProps) {
	const place = (from: number, to: number | null) => {
		const left = percentOf(scale, shown, from);
		const width = percentOf(scale, shown, to ?? serverNow()) - left;
		return { left: `${left}%`, width: `${Math.max(0, width)}%` };
	};
	return (
		<span aria-hidden className="timeline-bars">
			{scale.pieces.map((piece) =>
				piece.isBreak ? <span key={piece.from} className="timeline-break" style={place(piece.from, piece.to)} /> : null,
			)}
			{extent === null ? null : (
				<span
					className="timeline-extent"
					data-live-from={extent.to === null ? extent.from : undefined}
					style={place(extent.from, extent.to)}
					suppressHydrationWarning
				/>
			)}
			{segments.map((segment) => (
				<span
					key={segment.id}
					title={segmentWords(segment)}
					data-segment={segment.what}
					data-live-from={segment.to === null ? segment.from : undefined}
					data-thin={segment.attempt === null || segment.what === "backoff" ? "" : undefined}
					className={`timeline-bar status-pattern-${SEGMENT_LOOK[segment.what]}`}
					style={place(segment.from, segment.to)}
					suppressHydrationWarning
				/>
			))}
		</span>
	);
}
