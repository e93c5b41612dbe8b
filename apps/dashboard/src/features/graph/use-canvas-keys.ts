import type { WorkflowGraph } from "@waymark/engine/graph";
import { type KeyboardEvent, useCallback } from "react";
import { nextInState } from "../../graph/interesting.ts";
import { type Move, moveFocus } from "../../graph/navigation.ts";
import type { CanvasScope } from "./canvas-context.ts";
import { describeNode } from "./describe.ts";
import type { Camera } from "./use-camera.ts";

const MOVES: Readonly<Record<string, Move>> = {
	ArrowRight: "next",
	ArrowLeft: "previous",
	ArrowUp: "up",
	ArrowDown: "down",
	Home: "first",
	End: "last",
};

interface CanvasKeys {
	readonly graph: WorkflowGraph;
	readonly scope: CanvasScope;
	readonly camera: Camera;
	readonly onSelect: (key: string | null) => void;
	readonly onToggleFollow: () => void;
	/** Tells assistive technology where the focus is now. */
	readonly say: (text: string) => void;
}

/** The canvas is one tab stop; its arrows walk the plan, and the camera goes along. */
export function useCanvasKeys({ graph, scope, camera, onSelect, onToggleFollow, say }: CanvasKeys) {
	return useCallback(
		(event: KeyboardEvent<HTMLElement>) => {
			if (event.ctrlKey || event.metaKey || event.altKey) return;
			const { focus, nodes } = scope;
			const at = focus.focused() ?? focus.selected();
			const goTo = (key: string | null, otherwise = "") => {
				const view = key === null ? undefined : nodes.get(key);
				if (key === null || view === undefined) {
					say(otherwise);
					return;
				}
				focus.focus(key);
				camera.show(key);
				say(describeNode(view));
			};
			const move = MOVES[event.key];
			const action = move === undefined ? actionOf(event.key) : null;
			if (move === undefined && action === null) return;
			event.preventDefault();
			if (move !== undefined) {
				goTo(at === null ? moveFocus(graph, "", "first") : moveFocus(graph, at, move));
				return;
			}
			switch (action) {
				case null:
					return;
				case "open":
					if (at !== null) onSelect(at);
					return;
				case "close":
					onSelect(null);
					return;
				case "failed":
					goTo(nextInState(nodes.views(), ["failed"], at), "No node has failed.");
					return;
				case "running":
					goTo(nextInState(nodes.views(), ["running", "retrying"], at), "No node runs now.");
					return;
				case "follow":
					onToggleFollow();
					return;
				case "fit":
					camera.fit();
					return;
				case "natural":
					camera.zoomTo(1);
					return;
				case "in":
					camera.zoomBy(1.25);
					return;
				case "out":
					camera.zoomBy(0.8);
					return;
			}
		},
		[graph, scope, camera, onSelect, onToggleFollow, say],
	);
}

type Action = "open" | "close" | "failed" | "running" | "follow" | "fit" | "natural" | "in" | "out";

const ACTIONS: Readonly<Record<string, Action>> = {
	Enter: "open",
	Escape: "close",
	f: "failed",
	F: "failed",
	r: "running",
	R: "running",
	l: "follow",
	L: "follow",
	"0": "fit",
	"1": "natural",
	"+": "in",
	"=": "in",
	"-": "out",
};

function actionOf(key: string): Action | null {
	return ACTIONS[key] ?? null;
}
