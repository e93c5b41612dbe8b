import { Popover } from "@base-ui/react/popover";
import { ListFilter, X } from "lucide-react";
import { useSyncExternalStore } from "react";
import { StatusIcon } from "../../components/status.tsx";
import { DRAWN_LOOKS, LOOK_WORDS, nodeStatus, type StatusLook } from "../../components/status-table.ts";
import { countStates } from "../../graph/interesting.ts";
import { formatCount } from "../../time/format.ts";
import { useCanvas } from "./canvas-context.ts";
import type { StatusFilter } from "./status-filter.ts";

/** No node can be paused, the instance is. What is unknown is explained where it occurs. */
function isListed(look: StatusLook, counts: ReadonlyMap<StatusLook, number>): boolean {
	return look !== "paused" && (look !== "unknown" || counts.has(look));
}

const LINES = [
	{ state: "active", word: "Happens now" },
	{ state: "taken", word: "Taken" },
	{ state: "not_reached", word: "Not reached" },
	{ state: "not_taken", word: "Case not chosen" },
	{ state: "failed", word: "Led to a failure" },
] as const;

/** What the marks mean; a click on a state dims all others. */
export function Legend({ filter }: { readonly filter: StatusFilter }) {
	const isOn = filter.looks.length > 0;
	return (
		<Popover.Root>
			<Popover.Trigger className="plan-tool gap-1.5 px-2" aria-label="Legend and filter">
				<ListFilter aria-hidden size={14} />
				<span className="max-sm:sr-only">
					{isOn ? filter.looks.map((look) => LOOK_WORDS[look]).join(", ") : "Legend"}
				</span>
			</Popover.Trigger>
			{isOn && (
				<button type="button" className="plan-tool w-7" aria-label="Show all states" onClick={filter.clear}>
					<X aria-hidden size={14} />
				</button>
			)}
			<Popover.Portal>
				<Popover.Positioner side="top" align="start" sideOffset={8} className="z-40">
					<Popover.Popup className="pop w-96 max-w-[calc(100vw-1rem)] rounded-card border border-line bg-raised p-3 text-xs text-ink shadow-pop">
						<Popover.Title className="font-semibold">What the marks mean</Popover.Title>
						<p className="mb-2 text-ink-muted">Choose states to dim all others.</p>
						<StateList filter={filter} />
						<ul className="mt-3 grid grid-cols-2 gap-x-4 gap-y-1.5 border-t border-line pt-3">
							{LINES.map(({ state, word }) => (
								<li key={state} className="flex items-center gap-2">
									<svg aria-hidden width="22" height="6">
										<path className="plan-line" d="M0 3H22" data-edge={state} />
									</svg>
									{word}
								</li>
							))}
						</ul>
						<p className="mt-3 border-t border-line pt-2 text-ink-muted">
							In the graph: arrows walk, Enter inspects, Space folds, P shows the path to here, N chooses an iteration,
							F next failure, R next running, / searches, 0 fits.
						</p>
					</Popover.Popup>
				</Popover.Positioner>
			</Popover.Portal>
		</Popover.Root>
	);
}

function StateList({ filter }: { readonly filter: StatusFilter }) {
	const { nodes } = useCanvas();
	const views = useSyncExternalStore(nodes.subscribeAll, nodes.views, nodes.views);
	const counts = new Map<StatusLook, number>();
	for (const [state, count] of countStates(views)) {
		const { look } = nodeStatus(state);
		counts.set(look, (counts.get(look) ?? 0) + count);
	}
	return (
		<div className="-mx-1 grid grid-cols-2 gap-x-2">
			{DRAWN_LOOKS.filter((look) => isListed(look, counts)).map((look) => (
				<button
					key={look}
					type="button"
					aria-pressed={filter.looks.includes(look)}
					className="flex h-7 items-center gap-2 rounded-control px-1 text-left hover:bg-hover aria-pressed:bg-pressed aria-pressed:font-medium"
					onClick={() => filter.toggle(look)}
				>
					<span aria-hidden className={`h-4 w-1.5 rounded-sm status-pattern-${look}`} />
					<StatusIcon look={look} size={14} still />
					<span className="flex-1">{LOOK_WORDS[look]}</span>
					<span className="text-ink-muted tabular-nums">{formatCount(counts.get(look) ?? 0)}</span>
				</button>
			))}
		</div>
	);
}
