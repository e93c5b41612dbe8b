import type { WorkflowSnapshot } from "@waymark/engine/backend";
import { definitionPath, indexGraph, type WorkflowGraph } from "@waymark/engine/graph";
import { outlineRows } from "../../graph/outline-rows.ts";

/**
 * When a delay or an await began, ms since the epoch. Its record only says when it ended, so this is read off what
 * stands before it: a delay's own length, else the end of the node before it, of the iteration before, or of what
 * stands before the scope that it is in.
 */
export function waitStart(graph: WorkflowGraph, snapshot: WorkflowSnapshot, path: string, until: number): number {
	const node = indexGraph(graph).get(definitionPath(path))?.node;
	if (node?.kind === "delay") {
		const due = snapshot.openNodes.find((open) => open.path === path)?.dueAt ?? until;
		return due - node.durationMs;
	}
	return Math.min(endBefore(graph, snapshot, path), until);
}

function endBefore(graph: WorkflowGraph, snapshot: WorkflowSnapshot, path: string): number {
	const ends = endsOf(snapshot);
	const befores = siblingsOf(graph);
	for (let at = path; at !== ""; at = parentPath(at)) {
		const before = befores.get(definitionPath(at));
		if (before !== undefined) {
			const end = ends.get(at.slice(0, at.lastIndexOf("/") + 1) + before);
			if (end !== undefined) return end;
		}
		const iteration = /^(.*)\[(\d+)\]$/.exec(parentPath(at));
		if (iteration === null || Number(iteration[2]) === 0) continue;
		const end = lastEndBelow(ends, `${iteration[1]}[${Number(iteration[2]) - 1}]/`);
		if (end !== null) return end;
	}
	return snapshot.instance.startedAt ?? snapshot.instance.createdAt;
}

function parentPath(path: string): string {
	return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function lastEndBelow(ends: ReadonlyMap<string, number>, prefix: string): number | null {
	let last: number | null = null;
	for (const [path, end] of ends) if (path.startsWith(prefix) && (last === null || end > last)) last = end;
	return last;
}

const ends = new WeakMap<WorkflowSnapshot, ReadonlyMap<string, number>>();

function endsOf(snapshot: WorkflowSnapshot): ReadonlyMap<string, number> {
	let found = ends.get(snapshot);
	if (found === undefined) {
		found = new Map(snapshot.checkpoints.map(({ path, finishedAt }) => [path, finishedAt]));
		ends.set(snapshot, found);
	}
	return found;
}

const siblings = new WeakMap<WorkflowGraph, ReadonlyMap<string, string>>();

/** Name of the node before each node in its scope, by definition path. */
function siblingsOf(graph: WorkflowGraph): ReadonlyMap<string, string> {
	let found = siblings.get(graph);
	if (found === undefined) {
		const last = new Map<string | null, string>();
		const map = new Map<string, string>();
		for (const { key, parent, name } of outlineRows(graph)) {
			if (key === null) continue;
			const before = last.get(parent);
			if (before !== undefined) map.set(key, before);
			last.set(parent, name);
		}
		found = map;
		siblings.set(graph, found);
	}
	return found;
}
