import type { Scope, WorkflowContinuation, WorkflowGraph } from "@waymark/engine/graph";
import { branchPrefix, casePrefix, childPrefix } from "@waymark/engine/graph";
import type { PlanKind } from "./geometry.ts";

/** One row of the outline: the continuation tree in document order, with a row of its own for every branch and case. */
export interface OutlineRow {
	/** Unique; for nodes their key. */
	readonly id: string;
	/** Null for branches and cases, which are no nodes. */
	readonly key: string | null;
	readonly kind: PlanKind | "branch" | "case";
	readonly name: string;
	/** 1 at the top. */
	readonly level: number;
	/** 1-based place among its siblings, and how many those are. */
	readonly position: number;
	readonly siblings: number;
	readonly isParent: boolean;
	readonly parent: string | null;
	/** Case rows: the route and the key, to show which was chosen. */
	readonly of: { readonly key: string; readonly lane: string } | null;
}

interface Pending {
	readonly row: OutlineRow;
	readonly children: () => readonly Pending[];
}

const nothing = () => [];

const outlines = new WeakMap<WorkflowGraph, readonly OutlineRow[]>();

/** Every row, all expanded. Made once per graph object, with an explicit stack. */
export function outlineRows(graph: WorkflowGraph): readonly OutlineRow[] {
	let rows = outlines.get(graph);
	if (rows === undefined) {
		rows = flatten(graph);
		outlines.set(graph, rows);
	}
	return rows;
}

/** The rows to show when these are collapsed. */
export function visibleRows(rows: readonly OutlineRow[], collapsed: ReadonlySet<string>): readonly OutlineRow[] {
	if (collapsed.size === 0) return rows;
	let hiddenBelow = Number.POSITIVE_INFINITY;
	return rows.filter((row) => {
		if (row.level > hiddenBelow) return false;
		hiddenBelow = collapsed.has(row.id) ? row.level : Number.POSITIVE_INFINITY;
		return true;
	});
}

/** Ids of the rows that a row lies in, the closest first. */
export function rowsAround(rows: readonly OutlineRow[], id: string | null): readonly string[] {
	const around: string[] = [];
	let next = id;
	for (let at = rows.length - 1; at >= 0 && next !== null; at--) {
		const row = rows[at];
		if (row?.id !== next) continue;
		if (row.parent !== null) around.push(row.parent);
		next = row.parent;
	}
	return around;
}

/** The rows of nodes that match, and all rows around them. */
export function matchingRows(rows: readonly OutlineRow[], matches: (key: string) => boolean): readonly OutlineRow[] {
	const wanted = new Set<string>();
	for (let at = rows.length - 1; at >= 0; at--) {
		const row = rows[at];
		if (row === undefined || !(wanted.has(row.id) || (row.key !== null && matches(row.key)))) continue;
		wanted.add(row.id);
		if (row.parent !== null) wanted.add(row.parent);
	}
	return rows.filter(({ id }) => wanted.has(id));
}

function flatten(graph: WorkflowGraph): readonly OutlineRow[] {
	const rows: OutlineRow[] = [];
	const stack: Pending[] = [...ofScope(graph.scope, "", 1, null)].reverse();
	for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
		rows.push(next.row);
		const children = next.children();
		for (let at = children.length - 1; at >= 0; at--) {
			const child = children[at];
			if (child !== undefined) stack.push(child);
		}
	}
	return rows;
}

function ofScope(scope: Scope, prefix: string, level: number, parent: string | null): readonly Pending[] {
	const siblings = scope.length + scope.filter((node) => node.kind === "fork").length;
	const rows: Pending[] = [];
	for (const node of scope) {
		const key = prefix + node.id;
		const place = { level, siblings, parent, of: null };
		const isParent = node.kind !== "task" && node.kind !== "delay" && node.kind !== "signal";
		rows.push({
			row: { id: key, key, kind: node.kind, name: node.id, position: rows.length + 1, isParent, ...place },
			children: childrenOf(node, key, level + 1),
		});
		if (node.kind !== "fork") continue;
		const join = prefix + node.join.id;
		const row = { id: join, key: join, kind: "join" as const, name: node.join.id, isParent: false, ...place };
		rows.push({ row: { ...row, position: rows.length + 1 }, children: nothing });
	}
	return rows;
}

function childrenOf(node: WorkflowContinuation, key: string, level: number): () => readonly Pending[] {
	switch (node.kind) {
		case "task":
		case "delay":
		case "signal":
			return nothing;
		case "fork":
			return () =>
				node.branches.map(({ name, scope }, at) =>
					lane("branch", key, name, scope, branchPrefix(key, name), level, at, node.branches.length),
				);
		case "route":
			return () =>
				node.cases.map((one, at) =>
					lane("case", key, one.key, one.scope, casePrefix(key, one.key), level, at, node.cases.length),
				);
		case "loop":
		case "child":
			return () => ofScope(node.scope, childPrefix(key), level, key);
	}
}

function lane(
	kind: "branch" | "case",
	owner: string,
	name: string,
	scope: Scope,
	prefix: string,
	level: number,
	at: number,
	siblings: number,
): Pending {
	const id = `${owner}:${name}`;
	const isParent = scope.length > 0;
	const of = { key: owner, lane: name };
	const row = { id, key: null, kind, name, level, position: at + 1, siblings, isParent, parent: owner, of };
	return { row, children: () => ofScope(scope, prefix, level + 1, id) };
}
