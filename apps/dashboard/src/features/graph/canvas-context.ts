import type { NodeView } from "@waymark/engine/graph";
import { createContext, useContext, useSyncExternalStore } from "react";
import type { NodeStore } from "../../graph/node-store.ts";
import type { FocusStore } from "./focus-store.ts";

/** What cards reach for. The same object for as long as the canvas shows one run. */
export interface CanvasScope {
	readonly runId: string;
	readonly nodes: NodeStore;
	readonly focus: FocusStore;
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
