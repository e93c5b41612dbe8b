import type { OpenSpec, RecordedNode, SettleOutcome } from "../../backend/commands.ts";
import type { DefinitionRecord, RecordedError, StoredValue } from "../../backend/rows.ts";
import { INPUT_REF } from "../../core/value-ref.ts";

/** The data of commands, with everything filled in that a case does not care about. */

export function value(data: unknown): StoredValue {
	return { codec: "json", bytes: new TextEncoder().encode(JSON.stringify(data)) };
}

export function textOf(stored: StoredValue | null | undefined): string | null {
	return stored == null ? null : new TextDecoder().decode(stored.bytes);
}

export function definition(workflow = "order"): DefinitionRecord {
	const policy = {
		retry: null,
		timeoutMs: null,
		heartbeatTimeoutMs: null,
		onFailure: "fail",
		priority: 3,
		tags: [],
		description: null,
	} as const;
	return {
		hash: `hash-of-${workflow}`,
		workflow,
		graph: {
			format: 1,
			workflow,
			description: null,
			scope: [{ kind: "task", id: "a", policy: { ...policy, version: null } }],
		},
		plannedNodes: 4,
	};
}

type Details = Partial<Pick<OpenSpec, "input" | "priority" | "tags">>;

function spec(path: string, state: OpenSpec["state"], details: Partial<OpenSpec>): OpenSpec {
	const none = { dueInMs: null, signal: null, remaining: 0, priority: 3, tags: [] };
	return { path, state, input: INPUT_REF, ...none, ...details };
}

export function ready(path: string, details: Details = {}): OpenSpec {
	return spec(path, "ready", details);
}

export function waiting(path: string, dueInMs: number, details: Details = {}): OpenSpec {
	return spec(path, "waiting", { ...details, dueInMs });
}

export function awaiting(path: string, signal: string, timeoutMs: number | null = null): OpenSpec {
	return spec(path, "awaiting_signal", { signal, dueInMs: timeoutMs });
}

export function joining(path: string, remaining: number): OpenSpec {
	return spec(path, "joining", { remaining });
}

type Completed = Extract<SettleOutcome, { readonly kind: "completed" }>;

/** The node at this path is recorded, with bytes of its own unless told otherwise. */
export function completed(path: string, details: Partial<Completed> = {}): Completed {
	return {
		kind: "completed",
		recorded: [own(path)],
		failure: null,
		consumes: null,
		open: [],
		countDown: null,
		closes: null,
		result: null,
		progress: 1,
		...details,
	};
}

/** A checkpoint that holds its own bytes. */
export function own(path: string, data: unknown = `value of ${path}`): RecordedNode {
	return { path, output: path, value: value(data) };
}

export function error(message: string): RecordedError {
	return {
		name: "TypeError",
		message,
		code: "E_TEST",
		stack: `TypeError: ${message}\n    at here`,
		cause: { name: "Error", message: "below", code: null, stack: null, cause: null },
	};
}

export function failed(message = "broken"): SettleOutcome {
	return { kind: "failed", failure: { outcome: "failed", error: error(message) } };
}

export function retryIn(delayMs: number, message = "not yet"): SettleOutcome {
	return { kind: "retry", failure: { outcome: "failed", error: error(message) }, delayMs };
}

export const RELEASED: SettleOutcome = { kind: "released" };
