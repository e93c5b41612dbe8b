import type {
	ForkContinuation,
	RouteContinuation,
	Scope,
	SignalContinuation,
	TaskPolicy,
	WorkflowContinuation,
	WorkflowGraph,
} from "./continuation.ts";
import { branchPrefix, casePrefix, childPrefix } from "./path.ts";

/**
 * Names in words the first place, in document order, where the shape of `after` differs from that of `before`: the
 * shape is what the definition hash covers.
 */
export function firstDifference(before: WorkflowGraph, after: WorkflowGraph): string {
	if (before.workflow !== after.workflow) return changed("the workflow's name", before.workflow, after.workflow);
	return inScope("", before.scope, after.scope) ?? "the shapes are the same";
}

function inScope(prefix: string, before: Scope, after: Scope): string | null {
	for (let at = 0; at < Math.max(before.length, after.length); at += 1) {
		const old = before[at];
		const now = after[at];
		if (old !== undefined && now !== undefined && old.id === now.id) {
			const difference = inNode(prefix + old.id, prefix, old, now);
			if (difference !== null) return difference;
		} else if (now !== undefined && !before.some(({ id }) => id === now.id)) {
			return `${now.kind} ${prefix}${now.id} was added ${place(prefix, after, at)}`;
		} else if (old !== undefined && !after.some(({ id }) => id === old.id)) {
			return `${old.kind} ${prefix}${old.id} was removed ${place(prefix, before, at)}`;
		} else if (old !== undefined && now !== undefined) {
			return `${now.kind} ${prefix}${now.id} now comes before ${prefix}${old.id}`;
		}
	}
	return null;
}

function place(prefix: string, scope: Scope, at: number): string {
	const previous = scope[at - 1];
	if (previous !== undefined) return `after ${prefix}${previous.id}`;
	return prefix === "" ? "at the start" : `at the start of ${prefix.slice(0, -1)}`;
}

function inNode(path: string, prefix: string, old: WorkflowContinuation, now: WorkflowContinuation): string | null {
	switch (old.kind) {
		case "task":
			return now.kind === "task" ? inCode(`task ${path}`, old.policy, now.policy) : kindChanged(path, old, now);
		case "delay":
			return now.kind === "delay" ? null : kindChanged(path, old, now);
		case "signal":
			return now.kind === "signal" ? inSignal(path, old, now) : kindChanged(path, old, now);
		case "fork":
			return now.kind === "fork" ? inFork(path, prefix, old, now) : kindChanged(path, old, now);
		case "route":
			return now.kind === "route" ? inRoute(path, old, now) : kindChanged(path, old, now);
		case "loop":
			return now.kind === "loop" ? inScope(childPrefix(path), old.scope, now.scope) : kindChanged(path, old, now);
		case "child":
			if (now.kind !== "child") return kindChanged(path, old, now);
			if (old.workflow !== now.workflow) return changed(`the workflow of child ${path}`, old.workflow, now.workflow);
			return inScope(childPrefix(path), old.scope, now.scope);
	}
}

function kindChanged(path: string, old: WorkflowContinuation, now: WorkflowContinuation): string {
	return changed(`the kind of ${path}`, old.kind, now.kind);
}

function inCode(what: string, old: TaskPolicy, now: TaskPolicy): string | null {
	if (old.version !== now.version)
		return changed(`the version of ${what}`, old.version ?? "none", now.version ?? "none");
	return old.onFailure === now.onFailure ? null : changed(`onFailure of ${what}`, old.onFailure, now.onFailure);
}

function inSignal(path: string, old: SignalContinuation, now: SignalContinuation): string | null {
	if (old.signal !== now.signal) return changed(`the signal of ${path}`, old.signal, now.signal);
	if ((old.timeoutMs === null) === (now.timeoutMs === null)) return null;
	return `signal ${path} ${now.timeoutMs === null ? "lost its timeout" : "was given a timeout"}`;
}

function inFork(path: string, prefix: string, old: ForkContinuation, now: ForkContinuation): string | null {
	if (old.settle !== now.settle) return changed(`settle of fork ${path}`, old.settle, now.settle);
	const names = inNames("branch", path, old.branches.map(nameOf), now.branches.map(nameOf));
	if (names !== null) return names;
	for (const [at, { name, scope }] of old.branches.entries()) {
		const difference = inScope(branchPrefix(path, name), scope, now.branches[at]?.scope ?? []);
		if (difference !== null) return difference;
	}
	if (old.join.id !== now.join.id)
		return changed(`the join of fork ${path}`, prefix + old.join.id, prefix + now.join.id);
	return inCode(`join ${prefix}${old.join.id}`, old.join.policy, now.join.policy);
}

function inRoute(path: string, old: RouteContinuation, now: RouteContinuation): string | null {
	const code = inCode(`route ${path}`, old.policy, now.policy);
	if (code !== null) return code;
	const keys = inNames("case", path, old.cases.map(keyOf), now.cases.map(keyOf));
	if (keys !== null) return keys;
	for (const [at, { key, scope }] of old.cases.entries()) {
		const difference = inScope(casePrefix(path, key), scope, now.cases[at]?.scope ?? []);
		if (difference !== null) return difference;
	}
	return old.hasDefault === now.hasDefault
		? null
		: `the default of route ${path} was ${now.hasDefault ? "added" : "removed"}`;
}

function nameOf({ name }: { readonly name: string }): string {
	return name;
}

function keyOf({ key }: { readonly key: string }): string {
	return key;
}

function inNames(what: "branch" | "case", path: string, old: readonly string[], now: readonly string[]): string | null {
	const added = now.find((name) => !old.includes(name));
	if (added !== undefined) return `${what} ${path}/${added} was added`;
	const removed = old.find((name) => !now.includes(name));
	if (removed !== undefined) return `${what} ${path}/${removed} was removed`;
	const moved = old.findIndex((name, at) => name !== now[at]);
	return moved < 0 ? null : `${what} ${path}/${now[moved]} now comes before ${path}/${old[moved]}`;
}

function changed(what: string, from: string, to: string): string {
	return `${what} changed from ${from} to ${to}`;
}
