import type { NodeView } from "@waymark/engine/graph";
import { Search, X } from "lucide-react";
import { type KeyboardEvent, type RefObject, useId, useState } from "react";
import { StatusIcon } from "../../components/status.tsx";
import { nodeStatus } from "../../components/status-table.ts";
import { searchNodes } from "../../graph/search-nodes.ts";
import { formatCount } from "../../time/format.ts";
import { useCanvas } from "./canvas-context.ts";
import { KIND_WORDS, KindIcon } from "./kind-icon.tsx";
import { NodeName } from "./node-name.tsx";

/** Rows of the list; the counter says how many there are, and Enter reaches them all. */
const LISTED = 40;

interface SearchBoxProps {
	readonly input: RefObject<HTMLInputElement | null>;
	/** Brings a node into view, out of whatever it is folded into. */
	readonly onGo: (key: string) => void;
	/** Back to the graph. */
	readonly onLeave: () => void;
}

/** Finds nodes by name, kind and state. Enter goes to the next one, with Shift to the one before. */
export function SearchBox({ input, onGo, onLeave }: SearchBoxProps) {
	const { nodes } = useCanvas();
	const id = useId();
	const [query, setQuery] = useState("");
	const [at, setAt] = useState(-1);
	const [isOpen, setOpen] = useState(false);
	const found = query.trim() === "" ? [] : searchNodes(nodes.views(), query, (kind) => KIND_WORDS[kind]);
	const go = (next: number) => {
		const index = found.length === 0 ? -1 : (next + found.length) % found.length;
		setAt(index);
		const key = found[index];
		if (key !== undefined) onGo(key);
	};
	const clear = () => {
		setQuery("");
		setAt(-1);
		setOpen(false);
	};
	const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
		event.stopPropagation();
		switch (event.key) {
			case "Enter":
				go(event.shiftKey ? at - 1 : at + 1);
				break;
			case "ArrowDown":
				go(at + 1);
				break;
			case "ArrowUp":
				go(at - 1);
				break;
			case "Escape":
				clear();
				onLeave();
				break;
			default:
				return;
		}
		event.preventDefault();
	};
	const showsList = isOpen && found.length > 0;
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: it only notices that the focus has left it
		<div
			className="plan-search"
			onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}
		>
			<Search aria-hidden size={14} className="shrink-0 text-ink-faint" />
			<input
				ref={input}
				type="text"
				role="combobox"
				aria-label="Search in the graph"
				aria-expanded={showsList}
				aria-controls={`${id}-list`}
				aria-activedescendant={showsList && at >= 0 ? `${id}-${at}` : undefined}
				placeholder="Name, kind or state"
				value={query}
				onFocus={() => setOpen(true)}
				onChange={(event) => {
					setQuery(event.target.value);
					setAt(-1);
					setOpen(true);
				}}
				onKeyDown={onKeyDown}
			/>
			{query.trim() !== "" && (
				<>
					<span role="status" className="whitespace-nowrap text-ink-muted text-xs tabular-nums">
						{found.length === 0 ? "none" : `${at < 0 ? "" : `${at + 1}/`}${formatCount(found.length)}`}
						<span className="sr-only"> found</span>
					</span>
					<button type="button" aria-label="Clear the search" className="plan-tool w-6" onClick={clear}>
						<X aria-hidden size={13} />
					</button>
				</>
			)}
			{showsList && <Results id={id} keys={found} at={at} views={nodes.views()} onGo={go} />}
		</div>
	);
}

interface ResultsProps {
	readonly id: string;
	readonly keys: readonly string[];
	readonly at: number;
	readonly views: ReadonlyMap<string, NodeView>;
	readonly onGo: (index: number) => void;
}

function Results({ id, keys, at, views, onGo }: ResultsProps) {
	const from = Math.max(0, Math.min(at - LISTED / 2, keys.length - LISTED));
	return (
		<div id={`${id}-list`} role="listbox" aria-label="Nodes found" className="plan-search-list">
			{keys.slice(from, from + LISTED).map((key, offset) => {
				const view = views.get(key);
				const index = from + offset;
				if (view === undefined) return null;
				const { look, word } = nodeStatus(view.state);
				return (
					// biome-ignore lint/a11y/useFocusableInteractive: the combobox keeps the focus and points at the option
					// biome-ignore lint/a11y/useKeyWithClickEvents: the combobox handles the keys
					<div
						key={key}
						id={`${id}-${index}`}
						role="option"
						aria-selected={index === at}
						className="plan-search-option"
						onMouseDown={(event) => event.preventDefault()}
						onClick={() => onGo(index)}
					>
						<KindIcon kind={view.kind} size={14} />
						<span className="min-w-0 flex-1">
							<NodeName name={key.slice(key.lastIndexOf("/") + 1)} />
							{key.includes("/") && (
								<span className="block truncate text-[11px] text-ink-faint">{key.slice(0, key.lastIndexOf("/"))}</span>
							)}
						</span>
						<span
							className="flex items-center gap-1 whitespace-nowrap text-xs"
							style={{ color: `var(--status-${look}-text)` }}
						>
							<StatusIcon look={look} size={12} still />
							{word}
						</span>
					</div>
				);
			})}
		</div>
	);
}
