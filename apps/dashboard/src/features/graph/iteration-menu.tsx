import { Popover } from "@base-ui/react/popover";
import { useVirtualizer } from "@tanstack/react-virtual";
import type { NodeView } from "@waymark/engine/graph";
import { ChevronDown } from "lucide-react";
import { type KeyboardEvent, type SyntheticEvent, useId, useRef, useState } from "react";
import { INPUT_CLASS } from "../../components/field.tsx";
import { StatusText } from "../../components/status.tsx";
import { nodeStatus } from "../../components/status-table.ts";
import { jumpTo } from "../../graph/iteration-jump.ts";
import type { IterationState } from "../../graph/iteration-states.ts";
import { iterationWords } from "../../graph/iteration-words.ts";
import { formatCount } from "../../time/format.ts";

const ROW = 30;
const ROWS_SHOWN = 8;

interface IterationMenuProps {
	readonly view: NodeView;
	readonly iterations: NonNullable<NodeView["iterations"]>;
	readonly tabIndex: number;
	/** How every iteration stands, oldest first; read when the menu is open. */
	readonly readStates: () => readonly IterationState[];
	/** Null: the latest, whichever it is. */
	onPick(iteration: number | null): void;
}

/** "iteration 30 · latest 173", and behind it all of them: by arrow keys, or by the number that is typed. */
export function IterationMenu({ view, iterations, tabIndex, readStates, onPick }: IterationMenuProps) {
	const [isOpen, setOpen] = useState(false);
	const trigger = useRef<HTMLButtonElement>(null);
	const { shown, begun, max } = iterations;
	const words = iterationWords(iterations);
	const pick = (iteration: number | null) => {
		onPick(iteration);
		setOpen(false);
	};
	return (
		<Popover.Root open={isOpen} onOpenChange={setOpen}>
			<Popover.Trigger
				ref={trigger}
				tabIndex={tabIndex}
				className="plan-iteration-menu"
				data-iterations={view.key}
				title={`${view.path}[${shown}]. ${formatCount(begun)} begun, at most ${formatCount(max)}; counted from 0.`}
				onClick={(event) => event.stopPropagation()}
			>
				{words}
				<ChevronDown aria-hidden size={12} />
			</Popover.Trigger>
			<Popover.Portal>
				<Popover.Positioner
					// While the canvas is far away its header shows no button, but is still there.
					anchor={() => trigger.current?.closest(".plan-box-header") ?? trigger.current}
					align="start"
					sideOffset={4}
					className="z-40"
				>
					<Popover.Popup
						{...KEPT_TO_ITSELF}
						aria-label={`Iterations of ${view.key}`}
						// The canvas is one tab stop: the keys go on in it, not on a button inside.
						finalFocus={() => trigger.current?.closest<HTMLElement>(".plan-flow") ?? trigger.current}
						className="pop w-80 max-w-[calc(100vw-1rem)] rounded-card border border-line bg-raised p-2 text-ink text-sm shadow-pop"
					>
						<Choices shown={shown} begun={begun} readStates={readStates} onPick={pick} />
					</Popover.Popup>
				</Popover.Positioner>
			</Popover.Portal>
		</Popover.Root>
	);
}

/** React passes events on to the canvas, though the panel lies outside of it. */
const stop = (event: SyntheticEvent) => event.stopPropagation();
const KEPT_TO_ITSELF = {
	onClick: stop,
	onDoubleClick: stop,
	onMouseDown: stop,
	onPointerDown: stop,
	onTouchStart: stop,
	onWheel: stop,
	onKeyDown: stop,
} as const;

interface ChoicesProps extends Pick<IterationMenuProps, "readStates" | "onPick"> {
	readonly shown: number;
	readonly begun: number;
}

function Choices({ shown, begun, readStates, onPick }: ChoicesProps) {
	const id = useId();
	const [text, setText] = useState("");
	const [isFailedOnly, setFailedOnly] = useState(false);
	const all = readStates().toReversed();
	const failed = all.filter(({ failures }) => failures > 0);
	const rows = isFailedOnly ? failed : all;
	const [walked, setWalked] = useState<number | null>(null);
	const jump = jumpTo(text, rows, begun);
	const here = rows.findIndex(({ iteration }) => iteration === shown);
	const at = Math.min(walked ?? (jump !== null && "to" in jump ? jump.to : Math.max(here, 0)), rows.length - 1);
	const scroller = useRef<HTMLDivElement>(null);
	const list = useVirtualizer({
		count: rows.length,
		getScrollElement: () => scroller.current,
		estimateSize: () => ROW,
		overscan: 6,
		initialRect: { width: 300, height: ROW * ROWS_SHOWN },
		initialOffset: () => Math.max(0, (at - ROWS_SHOWN / 2) * ROW),
	});
	const walk = (to: number) => {
		const next = Math.max(0, Math.min(to, rows.length - 1));
		setWalked(next);
		list.scrollToIndex(next);
	};
	const onKeyDown = (event: KeyboardEvent) => {
		const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + ROWS_SHOWN, PageUp: at - ROWS_SHOWN }[event.key];
		const row = rows[at];
		if (to !== undefined) walk(to);
		else if (event.key === "Enter" && row !== undefined && (jump === null || "to" in jump || walked !== null))
			onPick(row.iteration);
		else return;
		event.preventDefault();
	};
	return (
		<div className="flex flex-col gap-2">
			<div className="flex items-center gap-2">
				<input
					role="combobox"
					aria-label="Number of the iteration"
					aria-expanded
					aria-controls={`${id}-list`}
					// What is scrolled out of view is not in the document.
					aria-activedescendant={list.getVirtualItems().some(({ index }) => index === at) ? `${id}-${at}` : undefined}
					aria-describedby={`${id}-note`}
					aria-invalid={jump !== null && "nowhere" in jump}
					inputMode="numeric"
					autoComplete="off"
					placeholder={`0 to ${begun - 1}`}
					className={`${INPUT_CLASS} min-w-0 flex-1`}
					value={text}
					onChange={(event) => {
						setText(event.target.value);
						setWalked(null);
						const next = jumpTo(event.target.value, rows, begun);
						if (next !== null && "to" in next) list.scrollToIndex(next.to, { align: "center" });
					}}
					onKeyDown={onKeyDown}
				/>
				<button
					type="button"
					className="h-8 shrink-0 rounded-control border border-line-strong px-2.5 text-xs hover:bg-hover"
					onClick={() => onPick(null)}
				>
					Follow latest
				</button>
			</div>
			{failed.length > 0 && (
				<label className="inline-flex min-h-6 items-center gap-2 text-xs">
					<input
						type="checkbox"
						checked={isFailedOnly}
						onChange={(event) => {
							setFailedOnly(event.target.checked);
							setWalked(null);
						}}
					/>
					Only those with failures ({formatCount(failed.length)})
				</label>
			)}
			<div
				ref={scroller}
				id={`${id}-list`}
				role="listbox"
				aria-label="Iterations, newest first"
				className="overflow-y-auto"
				style={{ height: Math.min(rows.length, ROWS_SHOWN) * ROW }}
			>
				<div role="presentation" className="relative" style={{ height: list.getTotalSize() }}>
					{list.getVirtualItems().map(({ index, start }) => {
						const row = rows[index];
						return row === undefined ? null : (
							// biome-ignore lint/a11y/useFocusableInteractive: the combobox keeps the focus and points at the option
							// biome-ignore lint/a11y/useKeyWithClickEvents: the combobox handles the keys
							<div
								key={row.iteration}
								id={`${id}-${index}`}
								role="option"
								aria-selected={row.iteration === shown}
								aria-posinset={index + 1}
								aria-setsize={rows.length}
								data-active={index === at || undefined}
								className="plan-iteration-option"
								style={{ height: ROW, transform: `translateY(${start}px)` }}
								onMouseDown={(event) => event.preventDefault()}
								onClick={() => onPick(row.iteration)}
							>
								<Option row={row} />
							</div>
						);
					})}
				</div>
			</div>
			<p id={`${id}-note`} role="status" className="text-ink-muted text-xs empty:hidden">
				{jump !== null && "nowhere" in jump ? jump.nowhere : ""}
			</p>
		</div>
	);
}

function Option({ row: { iteration, state, failures } }: { readonly row: IterationState }) {
	return (
		<>
			<span className="flex-1 tabular-nums">{iteration}</span>
			{failures > 0 && (
				<span className="whitespace-nowrap text-danger-ink text-xs">
					{failures} failed {failures === 1 ? "attempt" : "attempts"}
				</span>
			)}
			<span className="text-xs">
				<StatusText status={nodeStatus(state)} size={12} />
			</span>
		</>
	);
}
