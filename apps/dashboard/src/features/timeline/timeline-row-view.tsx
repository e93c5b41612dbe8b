// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual treegrid are placed freely, which a table cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus roves over rows, not over cells
import type { NodeView } from "@waymark/engine/graph";
import { ChevronRight } from "lucide-react";
import { type RefObject, useContext, useEffect, useRef } from "react";
import { StatusIcon } from "../../components/status.tsx";
import { nodeStatus } from "../../components/status-table.ts";
import { formatDuration } from "../../time/format.ts";
import { Elapsed } from "../../time/live-text.tsx";
import { KIND_WORDS } from "../graph/kind-icon.tsx";
import { InstanceIsOver, nodeEntry } from "../graph/node-entry.ts";
import { NodeName } from "../graph/node-name.tsx";
import { rowSpan, segmentWords } from "./segment-words.ts";
import type { TimeScale } from "./time-scale.ts";
import { TimelineBars } from "./timeline-bars.tsx";
import type { TimelineRow } from "./timeline-rows.ts";
import type { Shown } from "./use-live-bars.ts";

interface TimelineRowViewProps {
	readonly timeline: TimelineRow;
	readonly view: NodeView | undefined;
	readonly scale: TimeScale;
	readonly shown: Shown;
	readonly place: { readonly index: number; readonly top: number; readonly height: number };
	readonly isCollapsed: boolean;
	readonly isSelected: boolean;
	readonly isFocusable: boolean;
	/** Set by the keyboard: the row that becomes focusable then takes the focus. */
	readonly wantsFocus: RefObject<boolean>;
	/** It got the focus, however. */
	readonly onFocus: () => void;
	readonly onOpen: () => void;
	readonly onToggle: () => void;
}

export function TimelineRowView(props: TimelineRowViewProps) {
	const { timeline, view, scale, shown, place, isCollapsed, isSelected, isFocusable, wantsFocus } = props;
	const { onFocus, onOpen, onToggle } = props;
	const { row, segments } = timeline;
	const element = useRef<HTMLDivElement>(null);
	useEffect(() => {
		if (!isFocusable || !wantsFocus.current) return;
		wantsFocus.current = false;
		element.current?.focus({ preventScroll: true });
	});
	const span = rowSpan(timeline);
	const isOver = useContext(InstanceIsOver);
	return (
		// biome-ignore lint/a11y/useKeyWithClickEvents: the treegrid around it handles every key
		<div
			ref={element}
			role="row"
			aria-rowindex={place.index + 2}
			aria-level={row.level}
			aria-posinset={row.position}
			aria-setsize={row.siblings}
			aria-expanded={row.isParent ? !isCollapsed : undefined}
			aria-selected={isSelected}
			tabIndex={isFocusable ? 0 : -1}
			data-timeline-key={row.key ?? undefined}
			onFocus={onFocus}
			onClick={onOpen}
			className="timeline-columns absolute top-0 left-0 w-full cursor-default px-4 outline-offset-[-2px] hover:bg-hover aria-selected:bg-pressed sm:px-6"
			style={{ height: place.height, transform: `translateY(${place.top}px)` }}
		>
			<span
				role="gridcell"
				className="flex min-w-0 items-center gap-1.5 text-sm"
				style={{ paddingLeft: `calc(${row.level - 1} * var(--timeline-indent))` }}
			>
				{row.isParent ? (
					<button
						type="button"
						tabIndex={-1}
						aria-hidden
						className="-ml-1 grid size-6 shrink-0 place-items-center rounded hover:bg-pressed"
						onClick={(event) => {
							event.stopPropagation();
							onToggle();
						}}
					>
						<ChevronRight size={13} className={`text-ink-faint ${isCollapsed ? "" : "rotate-90"}`} />
					</button>
				) : (
					<span aria-hidden className="w-5 shrink-0" />
				)}
				{view === undefined ? (
					<span className="text-ink-muted text-xs max-sm:sr-only">{KIND_WORDS[row.kind]}</span>
				) : (
					<StatusIcon look={nodeStatus(view.state).look} size={13} />
				)}
				<NodeName name={row.name} className={row.key === null ? "text-ink-muted text-xs" : ""} isTight />
				{view === undefined ? null : (
					<span className="sr-only">
						{KIND_WORDS[row.kind]}, {nodeEntry(view, isOver).word.toLowerCase()}
					</span>
				)}
			</span>
			<span role="gridcell" className="h-full min-w-0">
				<TimelineBars row={timeline} scale={scale} shown={shown} />
				<span className="sr-only">
					{segments.length > MAX_SPOKEN
						? `${segments.length} stretches`
						: segments.map(segmentWords).join("; ") || "nothing yet"}
				</span>
			</span>
			<span
				role="gridcell"
				className="overflow-hidden whitespace-nowrap text-right font-mono text-ink-muted text-xs max-sm:hidden"
			>
				{span === null ? null : span.to === null ? <Elapsed from={span.from} /> : formatDuration(span.to - span.from)}
			</span>
		</div>
	);
}

/** More than this nobody listens to; the inspector lists them one by one. */
const MAX_SPOKEN = 8;
