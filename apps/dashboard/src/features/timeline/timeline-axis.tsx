import { formatElapsed } from "../../time/format.ts";
import { axisTicks } from "./axis-ticks.ts";
import type { TimeScale } from "./time-scale.ts";
import { percentOf, type Shown } from "./use-live-bars.ts";

interface TimelineAxisProps {
	readonly scale: TimeScale;
	readonly shown: Shown;
	readonly width: number;
	onUnfold(from: number): void;
}

/** Time since the start at round moments, and a button on each break. */
export function TimelineAxis({ scale, shown, width, onUnfold }: TimelineAxisProps) {
	return (
		<span data-axis className="timeline-bars text-ink-faint">
			{axisTicks(scale, shown, width).map(({ moment, place, text }) => (
				<span
					key={moment}
					data-tick
					className="absolute inset-y-0 whitespace-nowrap border-line border-l pl-1 text-xs leading-8"
					style={{ left: `${place}%` }}
				>
					{text}
				</span>
			))}
			{scale.pieces.map((piece) => {
				if (!piece.isBreak) return null;
				const left = percentOf(scale, shown, piece.from);
				const right = percentOf(scale, shown, piece.to);
				const words = `${formatElapsed(piece.to - piece.from)} idle`;
				return (
					<button
						key={piece.from}
						type="button"
						aria-label={`Unfold ${words}`}
						title={`${words}: nothing ran. Click to unfold.`}
						onClick={() => onUnfold(piece.from)}
						className="timeline-break grid place-items-center text-ink-muted text-xs hover:text-ink"
						style={{ left: `${left}%`, width: `${right - left}%`, minWidth: 24 }}
					>
						{"//"}
					</button>
				);
			})}
		</span>
	);
}
