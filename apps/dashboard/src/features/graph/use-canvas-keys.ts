import type { NodeState, WorkflowGraph } from "@waymark/engine/graph";
import { type KeyboardEvent, useContext, useMemo } from "react";
import { cardFor, type Folding } from "../../graph/folding.ts";
import type { PlanGeometry } from "../../graph/geometry.ts";
import { loopAt } from "../../graph/groups.ts";
import { GOING_ON, nextInState } from "../../graph/interesting.ts";
import { moveCard } from "../../graph/move-card.ts";
import { type Move, moveFocus } from "../../graph/navigation.ts";
import { togglePath } from "../../graph/path-choice.ts";
import { focusInspector } from "../inspector/focus-inspector.ts";
import type { CanvasScope } from "./canvas-context.ts";
import { describeGroup, describeNode } from "./describe.ts";
import { InstanceIsOver } from "./node-entry.ts";
import type { Camera } from "./use-camera.ts";
import type { Fold } from "./use-fold.ts";

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
	readonly folding: Folding;
	readonly geometry: PlanGeometry;
	readonly scope: CanvasScope;
	readonly camera: Camera;
	readonly fold: Fold;
	readonly onSelect: (key: string | null) => void;
	/** Goes to a node, also to one that is folded away. */
	readonly onGo: (key: string) => void;
	readonly onToggleFollow: () => void;
	/** Opens the list of a loop's iterations; false if it is not drawn. */
	readonly onIterations: (loop: string) => boolean;
	readonly onSearch: () => void;
	/** Tells assistive technology where the focus is now. */
	readonly say: (text: string) => void;
}

/** The canvas is one tab stop; its arrows walk the plan, and the camera goes along. */
export function useCanvasKeys(options: CanvasKeys) {
	const { graph, folding, geometry, scope, camera, fold, onSelect, onGo, onToggleFollow } = options;
	const { onIterations, onSearch, say } = options;
	const isOver = useContext(InstanceIsOver);
	const cards = useMemo(
		() => ({ graph, folding, groups: new Map(geometry.groups.map((group) => [group.key, group])) }),
		[graph, folding, geometry],
	);
	return (event: KeyboardEvent<HTMLElement>) => {
		const { focus, nodes, groups } = scope;
		const isFind = (event.ctrlKey || event.metaKey) && event.key === "f";
		if (!isFind && (event.ctrlKey || event.metaKey || event.altKey)) return;
		const at = focus.focused() ?? focus.selected();
		const stand = (card: string) => {
			const group = cards.groups.get(card);
			const summary = groups.get(card);
			const view = nodes.get(card);
			focus.focus(card);
			camera.show(card);
			if (group !== undefined && summary !== undefined) say(describeGroup(group, summary, nodes.get(group.owner)));
			else if (view !== undefined) say(describeNode(view, isOver));
		};
		const find = (states: readonly NodeState[], otherwise: string) => {
			const key = nextInState(nodes.views(), states, at);
			const view = key === null ? undefined : nodes.get(key);
			if (key !== null) {
				onGo(key);
				onSelect(key);
			}
			say(view === undefined ? otherwise : describeNode(view, isOver));
		};
		const move = MOVES[event.key];
		if (move !== undefined) {
			event.preventDefault();
			if (at === null) stand(cardFor(folding, moveFocus(graph, "", "first")));
			else stand(moveCard(cards, at, move));
			return;
		}
		const action = isFind ? "search" : actionOf(event.key);
		if (action === null) return;
		event.preventDefault();
		switch (action) {
			case "open":
				if (at !== null && at === focus.selected()) focusInspector();
				else if (at !== null) onSelect(cards.groups.get(at)?.owner ?? at);
				return;
			case "close":
				if (focus.path() !== null) togglePath(scope.run, null);
				else onSelect(null);
				return;
			case "fold":
				if (at !== null) fold.toggleAt(at);
				return;
			case "path":
				say(togglePath(scope.run, at) ? "Only the path to here" : "The whole plan");
				return;
			case "iterations": {
				const loop = at === null ? null : loopAt(graph, at);
				if (loop === null || nodes.get(loop)?.iterations == null) say("No loop here.");
				else if (!onIterations(loop)) say("Nothing to choose yet, or too far away: zoom in.");
				return;
			}
			case "search":
				onSearch();
				return;
			case "failed":
				return find(["failed"], "No node has failed.");
			case "running":
				return find(GOING_ON, "No node runs now.");
			case "follow":
				return onToggleFollow();
			case "fit":
				return camera.fit();
			case "natural":
				return camera.zoomTo(1);
			case "in":
				return camera.zoomBy(1.25);
			case "out":
				return camera.zoomBy(0.8);
		}
	};
}

type Action =
	| "open"
	| "close"
	| "fold"
	| "path"
	| "iterations"
	| "search"
	| "failed"
	| "running"
	| "follow"
	| "fit"
	| "natural"
	| "in"
	| "out";

const ACTIONS: Readonly<Record<string, Action>> = {
	Enter: "open",
	Escape: "close",
	" ": "fold",
	p: "path",
	P: "path",
	n: "iterations",
	N: "iterations",
	"/": "search",
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
