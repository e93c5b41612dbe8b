import type { NodeView } from "@waymark/engine/graph";
import { createContext, useContext } from "react";
import { LOOK_WORDS, nodeStatus, type StatusEntry, type StatusLook } from "../../components/status-table.ts";

/** Whether the instance around has ended: what is pending in it then was not reached. */
export const InstanceIsOver = createContext(false);

const NOT_REACHED: StatusEntry = { look: "pending", word: "Not reached" };

/** How a node is called: as its state is, but nothing is pending any more in an instance that has ended. */
export function nodeEntry({ state }: Pick<NodeView, "state">, isOver: boolean): StatusEntry {
	return isOver && state === "pending" ? NOT_REACHED : nodeStatus(state);
}

/** The same of all nodes that look alike. */
export function lookWord(look: StatusLook, isOver: boolean): string {
	return isOver && look === NOT_REACHED.look ? NOT_REACHED.word : LOOK_WORDS[look];
}

export function useNodeEntry(view: Pick<NodeView, "state">): StatusEntry {
	return nodeEntry(view, useContext(InstanceIsOver));
}
