import type { CreateCommand, OpenSpec, SettleCommand, SignalCommand, StoredValue } from "@waymark/engine/backend";

/** Commands with everything filled in that a test does not care about. */

export function json(data: unknown): StoredValue {
	return { codec: "json", bytes: new TextEncoder().encode(JSON.stringify(data)) };
}

export function ready(path: string, input = "~input"): OpenSpec {
	return { path, state: "ready", input, dueInMs: null, signal: null, remaining: 0, priority: 3, tags: [] };
}

export function createCommand(instanceId: string, details: Partial<CreateCommand> = {}): CreateCommand {
	return {
		runId: `run-of-${instanceId}`,
		instanceId,
		definition: {
			hash: "hash-1",
			workflow: "order",
			graph: { format: 1, workflow: "order", description: null, scope: [] },
			plannedNodes: 2,
		},
		input: json({ of: instanceId }),
		labels: { team: "blue" },
		open: [ready("a")],
		onConflict: "fail",
		grantTo: null,
		by: "tester",
		...details,
	};
}

export function awaiting(path: string, signal: string, timeoutMs: number | null = null): OpenSpec {
	return { ...ready(path), state: "awaiting_signal", signal, dueInMs: timeoutMs };
}

export function signalCommand(instanceId: string, details: Partial<SignalCommand> = {}): SignalCommand {
	return {
		signalId: `signal-to-${instanceId}`,
		instanceId,
		name: "go",
		payload: json(1),
		idempotencyKey: null,
		by: "tester",
		grantTo: null,
		...details,
	};
}

/** The first node is recorded and the second opened, or the instance completed. */
export function settleCommand(
	runId: string,
	path: string,
	owner: string,
	next: string | null,
	details: Partial<SettleCommand> = {},
): SettleCommand {
	return {
		runId,
		path,
		owner,
		epoch: 1,
		startedAt: 1_000,
		finishedAt: 1_005,
		outcome: {
			kind: "completed",
			recorded: [{ path, output: path, value: json({ from: path }) }],
			failure: null,
			consumes: null,
			open: next === null ? [] : [ready(next, path)],
			countDown: null,
			closes: null,
			result: next === null ? path : null,
			progress: 1,
		},
		slots: 1,
		...details,
	};
}
