import type { NodeView } from "@waymark/engine/graph";
import { nodeStatus } from "../components/status-table.ts";

/** What a kind of node is called, for those who search for it. */
export type KindWord = (kind: NodeView["kind"]) => string;

/**
 * Keys of the nodes that match, in the order of the plan. Every word of the query must fit: a part of the name, or the
 * beginning of the kind or of the state.
 */
export function searchNodes(
	views: ReadonlyMap<string, NodeView>,
	query: string,
	kindWord: KindWord,
): readonly string[] {
	const words = query.toLowerCase().split(/\s+/).filter(Boolean);
	if (words.length === 0) return [];
	const found: string[] = [];
	for (const { key, kind, state } of views.values()) {
		const name = key.slice(key.lastIndexOf("/") + 1).toLowerCase();
		const status = nodeStatus(state).word.toLowerCase();
		const fits = (word: string) => name.includes(word) || kindWord(kind).startsWith(word) || status.startsWith(word);
		if (words.every(fits)) found.push(key);
	}
	return found;
}
