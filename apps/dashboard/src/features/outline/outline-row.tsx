// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual treegrid are placed freely, which a table cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus roves over rows, not over cells
import type { NodeView } from "@waymark/engine/graph";
import { Check, ChevronRight } from "lucide-react";
import { type RefObject, useEffect, useRef } from "react";
import { nodeStatus } from "../../components/status-table.ts";
import { begunAttempts } from "../../graph/begun-attempts.ts";
import type { OutlineRow } from "../../graph/outline-rows.ts";
import { KIND_WORDS, KindIcon } from "../graph/kind-icon.tsx";
import { NodeName } from "../graph/node-name.tsx";
import { NodeDuration, NodeStatus } from "../graph/node-status.tsx";

interface OutlineRowViewProps {
	readonly row: OutlineRow;
	/** Undefined for branches and cases. */
	readonly view: NodeView | undefined;
	/** View of the fork or route that a branch or case belongs to. */
	readonly owner: NodeView | undefined;
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

export function OutlineRowView(props: OutlineRowViewProps) {
	const { row, view, owner, place, isCollapsed, isSelected, isFocusable, wantsFocus, onFocus, onOpen, onToggle } =
		props;
	const element = useRef<HTMLDivElement>(null);
	useEffect(() => {
		if (!isFocusable || !wantsFocus.current) return;
		wantsFocus.current = false;
		element.current?.focus({ preventScroll: true });
	});
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
			data-node-key={row.key ?? undefined}
			data-state={view?.state}
			onFocus={onFocus}
			onClick={onOpen}
			className="outline-columns outline-row absolute top-0 left-0 w-full cursor-default px-3 hover:bg-hover"
			style={{ height: place.height, transform: `translateY(${place.top}px)` }}
		>
			{view !== undefined && (
				<span
					aria-hidden
					className={`absolute top-1 bottom-1 left-0 w-1 status-pattern-${nodeStatus(view.state).look}`}
				/>
			)}
			<span
				role="gridcell"
				className="flex min-w-0 items-center gap-1.5"
				style={{ paddingLeft: `calc(${row.level - 1} * var(--outline-indent))` }}
			>
				<Twist isParent={row.isParent} isCollapsed={isCollapsed} onToggle={onToggle} />
				{row.key !== null && <KindIcon kind={row.kind} size={15} />}
				<RowName row={row} owner={owner} />
			</span>
			<span role="gridcell" className="min-w-0 text-xs">
				{view !== undefined && <NodeStatus view={view} />}
			</span>
			<span role="gridcell" className="text-xs tabular-nums text-ink-muted max-sm:hidden">
				{view !== undefined && view.attempt > 0 && view.maxAttempts !== null
					? `${begunAttempts(view)}/${Math.max(begunAttempts(view), view.maxAttempts)}`
					: ""}
			</span>
			<span role="gridcell" className="text-right font-mono text-xs text-ink-muted">
				{view !== undefined && <NodeDuration view={view} />}
			</span>
		</div>
	);
}

function RowName({ row, owner }: { readonly row: OutlineRow; readonly owner: NodeView | undefined }) {
	if (row.key !== null) {
		return (
			<>
				<NodeName name={row.name} className="font-medium" isTight />
				<span className="sr-only">{KIND_WORDS[row.kind]}</span>
			</>
		);
	}
	const isChosen = owner?.chosen === row.name;
	return (
		<span className="flex min-w-0 items-center gap-1 text-xs text-ink-muted">
			<span className="max-sm:sr-only">{KIND_WORDS[row.kind]}</span>
			<NodeName name={row.name} className={isChosen ? "font-semibold text-ink" : ""} isTight />
			{isChosen && (
				<>
					<Check aria-hidden size={12} className="shrink-0" />
					<span className="sr-only">chosen</span>
				</>
			)}
		</span>
	);
}

interface TwistProps {
	readonly isParent: boolean;
	readonly isCollapsed: boolean;
	readonly onToggle: () => void;
}

/** For the mouse; the keyboard folds with the arrows. */
function Twist({ isParent, isCollapsed, onToggle }: TwistProps) {
	if (!isParent) return <span aria-hidden className="w-6 shrink-0" />;
	return (
		<button
			type="button"
			tabIndex={-1}
			aria-hidden
			className="grid size-6 shrink-0 place-items-center rounded hover:bg-pressed"
			onClick={(event) => {
				event.stopPropagation();
				onToggle();
			}}
		>
			<ChevronRight size={13} className={`text-ink-faint ${isCollapsed ? "" : "rotate-90"}`} />
		</button>
	);
}
