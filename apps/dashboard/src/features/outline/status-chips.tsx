import type { NodeView } from "@waymark/engine/graph";
import { useContext } from "react";
import { StatusIcon } from "../../components/status.tsx";
import { DRAWN_LOOKS, nodeStatus, type StatusLook } from "../../components/status-table.ts";
import { countStates } from "../../graph/interesting.ts";
import { formatCount } from "../../time/format.ts";
import { InstanceIsOver, lookWord } from "../graph/node-entry.ts";
import type { StatusFilter } from "../graph/status-filter.ts";

interface StatusChipsProps {
	readonly views: ReadonlyMap<string, NodeView>;
	readonly filter: StatusFilter;
	readonly className?: string;
}

/** How many nodes are in which state; a click leaves only those. The graph dims the others by the same choice. */
export function StatusChips({ views, filter, className = "px-3" }: StatusChipsProps) {
	const isOver = useContext(InstanceIsOver);
	const counts = new Map<StatusLook, number>();
	for (const [state, count] of countStates(views)) {
		const { look } = nodeStatus(state);
		counts.set(look, (counts.get(look) ?? 0) + count);
	}
	const looks = DRAWN_LOOKS.filter((look) => counts.has(look) || filter.looks.includes(look));
	return (
		<fieldset
			aria-label="Show only"
			className={`flex min-w-0 shrink-0 flex-wrap gap-1 border-line border-b py-1.5 ${className}`}
		>
			{looks.map((look) => (
				<button
					key={look}
					type="button"
					aria-pressed={filter.looks.includes(look)}
					onClick={() => filter.toggle(look)}
					className="inline-flex h-6 shrink-0 items-center gap-1 rounded-full border border-line px-2 text-ink-muted text-xs outline-offset-[-1px] hover:bg-hover aria-pressed:border-ink-faint aria-pressed:bg-pressed aria-pressed:text-ink"
				>
					<StatusIcon look={look} size={12} still />
					{lookWord(look, isOver)} <span className="tabular-nums">{formatCount(counts.get(look) ?? 0)}</span>
				</button>
			))}
			{filter.looks.length > 0 && (
				<button type="button" onClick={filter.clear} className="h-6 shrink-0 px-2 text-link text-xs hover:underline">
					Show all
				</button>
			)}
		</fieldset>
	);
}
