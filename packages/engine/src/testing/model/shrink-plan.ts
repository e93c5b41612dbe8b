import type { Plan, PlannedNode, PlannedScope } from "./plan.ts";

/** Plans that are one step simpler: a node less, a composite in place of itself, a task that only works. */
export function simplerPlans(plan: Plan): readonly Plan[] {
	return simplerScopes(plan.scope, 1).map((scope) => ({ ...plan, scope }));
}

function simplerScopes(scope: PlannedScope, least: number): readonly PlannedScope[] {
	return scope.flatMap((node, at) => {
		const others = (instead: readonly PlannedNode[]) => [...scope.slice(0, at), ...instead, ...scope.slice(at + 1)];
		// A loop's verdict is what makes it a loop.
		const isNeeded = node.kind === "task" && node.does.kind === "verdict";
		const without = scope.length > least && !isNeeded ? [others([])] : [];
		return [...without, ...simplerNodes(node).map((simpler) => others([simpler]))];
	});
}

function simplerNodes(node: PlannedNode): readonly PlannedNode[] {
	switch (node.kind) {
		case "task": {
			const { does } = node;
			const isPlain = does.kind === "ok" || does.kind === "verdict" || does.kind === "key";
			return [
				...(isPlain ? [] : [{ ...node, does: { kind: "ok" } as const }]),
				...(node.retry === null ? [] : [{ ...node, retry: null }]),
				...(node.timeoutMs === null || does.kind === "hangs" ? [] : [{ ...node, timeoutMs: null }]),
				...(node.onFailure === "fail" ? [] : [{ ...node, onFailure: "fail" as const }]),
				...(node.priority === 3 ? [] : [{ ...node, priority: 3 }]),
				...(node.tags.length === 0 ? [] : [{ ...node, tags: [] }]),
			];
		}
		case "delay":
			return node.ms > 1 ? [{ ...node, ms: 1 }] : [];
		case "signal":
			return node.timeoutMs === null ? [] : [{ ...node, timeoutMs: null }];
		case "fork":
			return [
				...node.branches.map((_, at) => ({ ...node, branches: node.branches.toSpliced(at, 1) })),
				...node.branches.flatMap(({ name, body }, at) =>
					simplerScopes(body, 1).map((smaller) => ({
						...node,
						branches: node.branches.with(at, { name, body: smaller }),
					})),
				),
			].filter(({ branches }) => branches.length > 0);
		case "route":
			return node.cases.flatMap(({ name, body }, at) =>
				simplerScopes(body, 0).map((smaller) => ({ ...node, cases: node.cases.with(at, { name, body: smaller }) })),
			);
		case "loop":
			return simplerScopes(node.body, 1).map((body) => ({ ...node, body }));
		case "child":
			return simplerScopes(node.body, 1).map((body) => ({ ...node, body }));
	}
}
