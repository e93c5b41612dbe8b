import { formatElapsed } from "../../time/format.ts";
import { plain } from "../inspector/policy-words.ts";
import { type TimeScale, ticksOf } from "./time-scale.ts";
import { percentOf, type Shown } from "./use-live-bars.ts";

interface TimelineAxisProps {
	readonly scale: TimeScale;
	readonly shown: Shown;
	readonly width: number;
	onUnfold(from: number): void;
}

const TICK_PX = 96;

/** Time since the start at round moments, and a button on each break. */
export function TimelineAxis({ scale, shown, width, onUnfold }: TimelineAxisProps) {
	const apart = (TICK_PX / Math.max(200, width)) * (shown.to - shown.from);
	return (
		<span className="timeline-bars text-ink-faint">
			{ticksOf(scale, apart).map((at) => (
				<Tick key={at} at={percentOf(scale, shown, at)} text={at === scale.from ? "0" : tickWord(at - scale.from)} />
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

function tickWord(ms: number): string {
	return plain(ms < 10_000 ? Math.round(ms) : ms);
}

function Tick({ at, text }: { readonly at: number; readonly text: string }) {
	if (at < -1 || at > 101) return null;
	return (
		<span className="absolute inset-y-0 border-line border-l pl-1 text-xs leading-8" style={{ left: `${at}%` }}>
			{text}
		</span>
	);
}
