import { Popover } from "@base-ui/react/popover";
import { CircleHelp } from "lucide-react";
import { StatusIcon } from "../../components/status.tsx";
import { LOOK_WORDS, STATUS_LOOKS } from "../../components/status-table.ts";

/** Looks that no node can have: the instance has it. */
const NOT_FOR_NODES = "paused";

const LINES = [
	{ state: "active", word: "Happens now" },
	{ state: "taken", word: "Taken" },
	{ state: "not_reached", word: "Not reached" },
	{ state: "not_taken", word: "Case not chosen" },
	{ state: "failed", word: "Led to a failure" },
] as const;

export function Legend() {
	return (
		<Popover.Root>
			<Popover.Trigger className="plan-tool gap-1.5 px-2" aria-label="Legend">
				<CircleHelp aria-hidden size={14} />
				<span className="max-sm:sr-only">Legend</span>
			</Popover.Trigger>
			<Popover.Portal>
				<Popover.Positioner side="top" align="start" sideOffset={8} className="z-40">
					<Popover.Popup className="pop w-96 max-w-[calc(100vw-1rem)] rounded-card border border-line bg-raised p-3 text-xs text-ink shadow-pop">
						<Popover.Title className="mb-2 font-semibold">What the marks mean</Popover.Title>
						<ul className="grid grid-cols-2 gap-x-4 gap-y-1.5">
							{STATUS_LOOKS.filter((look) => look !== NOT_FOR_NODES).map((look) => (
								<li key={look} className="flex items-center gap-2">
									<span aria-hidden className={`h-4 w-1.5 rounded-sm status-pattern-${look}`} />
									<StatusIcon look={look} size={14} />
									{LOOK_WORDS[look]}
								</li>
							))}
						</ul>
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
							In the graph: arrows walk, Enter inspects, F next failure, R next running, 0 fits.
						</p>
					</Popover.Popup>
				</Popover.Positioner>
			</Popover.Portal>
		</Popover.Root>
	);
}
