import type { NodeView, WorkflowGraph } from "@waymark/engine/graph";
import { createContext, useContext, useSyncExternalStore } from "react";
import type { GroupSummary } from "../../graph/group-summary.ts";
import type { IterationState } from "../../graph/iteration-states.ts";
import type { NodeStore } from "../../graph/node-store.ts";
import type { FocusStore } from "./focus-store.ts";
import type { HeatMap } from "./heat.ts";

/** What cards reach for. The same object for as long as the canvas shows one run or one definition. */
export interface CanvasScope {
	/** What is drawn: the instance's run, or the definition's hash. */
	readonly run: string;
	/** A definition by itself has no states; it may have the heat of its runs. */
	readonly plan: { readonly graph: WorkflowGraph; readonly heat: HeatMap | null } | null;
	readonly nodes: NodeStore;
	readonly groups: NodeStore<GroupSummary>;
	readonly focus: FocusStore;
	/** How every iteration of that loop stands now, oldest first. */
	readonly readIterations: (loop: NodeView) => readonly IterationState[];
}

export const CanvasContext = createContext<CanvasScope | null>(null);

export function useCanvas(): CanvasScope {
	const scope = useContext(CanvasContext);
	if (scope === null) throw new Error("A card was drawn outside of the canvas.");
	return scope;
}

export function useNodeView(key: string): NodeView | undefined {
	const { nodes } = useCanvas();
	const read = () => nodes.get(key);
	return useSyncExternalStore((listener) => nodes.subscribe(key, listener), read, read);
}

export function useGroupSummary(key: string): GroupSummary | undefined {
	const { groups } = useCanvas();
	const read = () => groups.get(key);
	return useSyncExternalStore((listener) => groups.subscribe(key, listener), read, read);
}

/** `selected`, `focused`, `both` or nothing, as the value of a data attribute. */
export function useMark(key: string): "selected" | "focused" | "both" | undefined {
	const { focus } = useCanvas();
	const read = () => {
		const selected = focus.selected() === key;
		const focused = focus.focused() === key;
		if (selected && focused) return "both";
		if (selected) return "selected";
		return focused ? "focused" : undefined;
	};
	return useSyncExternalStore(focus.subscribe, read, read);
}

/** `off` for what does not lie on the path that is shown alone. */
export function usePathMark(key: string): "off" | undefined {
	const { focus } = useCanvas();
	const read = () => (focus.path()?.has(key) === false ? "off" : undefined);
	return useSyncExternalStore(focus.subscribe, read, read);
}
