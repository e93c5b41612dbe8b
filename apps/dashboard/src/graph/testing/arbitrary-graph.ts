import type { Scope, TaskPolicy, WorkflowContinuation, WorkflowGraph } from "@waymark/engine/graph";
import fc from "fast-check";

/** Random valid graphs for property tests. Ids are given afterwards, so that they are unique within their scope. */

export const POLICY: TaskPolicy = {
	retry: null,
	timeoutMs: null,
	heartbeatTimeoutMs: null,
	onFailure: "fail",
	priority: 3,
	tags: [],
	description: null,
	version: null,
};

type Shape =
	| { readonly kind: "task" | "delay" | "signal" }
	| { readonly kind: "fork" | "route"; readonly lanes: readonly (readonly Shape[])[] }
	| { readonly kind: "loop" | "child"; readonly body: readonly Shape[] };

const { shape } = fc.letrec<{ shape: Shape }>((tie) => {
	const some = fc.array(tie("shape"), { minLength: 1, maxLength: 4 });
	return {
		shape: fc.oneof(
			{ depthSize: "small", withCrossShrink: true },
			fc.record({ kind: fc.constantFrom("task" as const, "delay" as const, "signal" as const) }),
			fc.record({ kind: fc.constant("fork" as const), lanes: fc.array(some, { minLength: 1, maxLength: 4 }) }),
			fc.record({
				kind: fc.constant("route" as const),
				lanes: fc.array(fc.array(tie("shape"), { maxLength: 3 }), { minLength: 1, maxLength: 4 }),
			}),
			fc.record({ kind: fc.constantFrom("loop" as const, "child" as const), body: some }),
		),
	};
});

export const arbitraryGraph: fc.Arbitrary<WorkflowGraph> = fc
	.oneof(
		fc.array(shape, { minLength: 1, maxLength: 6 }),
		fc.array(fc.record({ kind: fc.constantFrom("task" as const, "delay" as const) }), { minLength: 41, maxLength: 60 }),
	)
	.map((shapes) => graphOf(toScope(shapes)));

export function graphOf(scope: Scope): WorkflowGraph {
	return { format: 1, workflow: "sample", description: null, scope };
}

function toScope(shapes: readonly Shape[]): Scope {
	return shapes.map((one, at) => toContinuation(one, `n${at}`));
}

function toContinuation(one: Shape, id: string): WorkflowContinuation {
	switch (one.kind) {
		case "task":
			return { kind: "task", id, policy: POLICY };
		case "delay":
			return { kind: "delay", id, durationMs: 1_000 };
		case "signal":
			return { kind: "signal", id, signal: "go", timeoutMs: null };
		case "fork":
			return {
				kind: "fork",
				id,
				branches: one.lanes.map((lane, at) => ({ name: `b${at}`, scope: toScope(lane) })),
				settle: "first-failure",
				join: { id: `${id}_join`, policy: POLICY },
			};
		case "route":
			return {
				kind: "route",
				id,
				policy: POLICY,
				cases: one.lanes.map((lane, at) => ({ key: `c${at}`, scope: toScope(lane) })),
				hasDefault: false,
			};
		case "loop":
			return { kind: "loop", id, scope: toScope(one.body), maxIterations: 10, onMax: "fail" };
		case "child":
			return { kind: "child", id, workflow: "inner", scope: toScope(one.body) };
	}
}
