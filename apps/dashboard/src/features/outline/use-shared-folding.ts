import type { NodeView } from "@waymark/engine/graph";
import { useMemo } from "react";
import { chooseFolding } from "../../graph/fold-choice.ts";
import { groupIndex, isWithin, ownerKey } from "../../graph/groups.ts";
import type { InstanceState } from "../../server/wire.ts";
import { useFolding } from "../graph/use-folding.ts";

/** What is folded, the same as in the graph: rows of loops, children, splits and lanes are its groups. */
export function useSharedFolding(
	{ snapshot, definition }: InstanceState,
	views: ReadonlyMap<string, NodeView>,
	selected: string | null,
	onSelect: (key: string | null) => void,
) {
	const { graph, hash } = definition;
	const keep = useMemo(() => (selected === null ? [] : [selected]), [selected]);
	const { closed } = useFolding({ run: snapshot.instance.runId, hash, graph, views, keep });
	const onCollapse = (next: ReadonlySet<string>) => {
		const index = groupIndex(graph);
		const changed: (readonly [string, boolean])[] = [];
		for (const id of next) if (!closed.has(id)) changed.push([id, false]);
		for (const id of closed) if (!next.has(id)) changed.push([id, true]);
		for (const [id, open] of changed) {
			const group = index.groups.get(id);
			// What is selected is never hidden, so closing what is around it goes out to that.
			if (!open && group !== undefined && isWithin(index, selected, id)) onSelect(ownerKey(group));
		}
		chooseFolding(hash, changed);
	};
	return { collapsed: closed, onCollapse };
}
