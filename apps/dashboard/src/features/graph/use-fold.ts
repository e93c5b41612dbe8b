import type { WorkflowGraph } from "@waymark/engine/graph";
import { type RefObject, useMemo } from "react";
import { chooseFolding } from "../../graph/fold-choice.ts";
import type { Folding } from "../../graph/folding.ts";
import type { PlanGeometry } from "../../graph/geometry.ts";
import { groupIndex, groupsAround, isWithin, ownerKey, stackId } from "../../graph/groups.ts";
import type { CanvasScope } from "./canvas-context.ts";

interface FoldOptions {
	readonly graph: WorkflowGraph;
	readonly hash: string;
	readonly folding: Folding;
	readonly geometry: PlanGeometry;
	readonly scope: CanvasScope;
	/** Cards of which the first that outlives the change stays where it is on the screen. */
	readonly anchor: RefObject<readonly string[]>;
	readonly onSelect: (key: string | null) => void;
	readonly say: (text: string) => void;
}

export interface Fold {
	/** Opens what is closed, and closes what is open. */
	toggle(group: string): void;
	/** The same for whatever a card stands for, heads, or stands in. */
	toggleAt(card: string): void;
}

/** Opens and closes groups by hand. What was closed with the selected node in it is selected instead. */
export function useFold({ graph, hash, folding, geometry, scope, anchor, onSelect, say }: FoldOptions): Fold {
	return useMemo(() => {
		const index = groupIndex(graph);
		const toggle = (id: string) => {
			const group = index.groups.get(id);
			if (group === undefined) return;
			const open = folding.closed.has(id);
			const owner = ownerKey(group);
			anchor.current = [id, owner, stackId(owner)];
			const at = scope.focus.focused();
			if (!open && isWithin(index, scope.focus.selected(), id)) onSelect(owner);
			if (!open && isWithin(index, at, id)) scope.focus.focus(owner);
			chooseFolding(hash, [[id, open]]);
			say(`${group.name}, ${open ? "opened" : "folded"}`);
		};
		return {
			toggle,
			toggleAt(card) {
				const stand = geometry.groups.find(({ key }) => key === card);
				if (stand?.opens !== undefined && stand.opens !== null) toggle(stand.opens);
				else if (index.groups.has(card)) toggle(card);
				else {
					const lane = groupsAround(index, card)[0];
					if (lane === undefined) say("Nothing to fold here.");
					else toggle(lane.id);
				}
			},
		};
	}, [graph, hash, folding, geometry, scope, anchor, onSelect, say]);
}
