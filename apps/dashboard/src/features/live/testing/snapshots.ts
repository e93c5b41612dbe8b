import type {
	CheckpointRecord,
	ControlRequestRecord,
	DefinitionRecord,
	InstanceRecord,
	OpenNodeRecord,
	WorkflowSnapshot,
} from "@waymark/engine/backend";

/** Rows for tests: everything is as plain as can be unless it is said otherwise. */
export function instanceAt(version: number, changes: Partial<InstanceRecord> = {}): InstanceRecord {
	return {
		instanceId: "order-1",
		runId: "run-1",
		generation: 1,
		workflow: "order",
		definitionHash: "hash",
		status: "in_progress",
		control: "none",
		version,
		progress: { done: 0, total: 3 },
		createdAt: 1_000,
		startedAt: 1_000,
		updatedAt: 1_000 + version,
		endedAt: null,
		output: null,
		error: null,
		failedPath: null,
		labels: {},
		...changes,
	};
}

export function openNode(path: string, version: number, changes: Partial<OpenNodeRecord> = {}): OpenNodeRecord {
	return {
		path,
		state: "ready",
		openedAs: "ready",
		attempt: 1,
		crashes: 0,
		epoch: 0,
		dueAt: null,
		signal: null,
		signalId: null,
		remaining: 0,
		input: "~input",
		priority: 3,
		tags: [],
		owner: null,
		grantedAt: null,
		version,
		...changes,
	};
}

export function checkpoint(path: string, version: number): CheckpointRecord {
	return {
		path,
		output: path,
		size: 2,
		codec: "json",
		attempt: 1,
		startedAt: version,
		finishedAt: version + 1,
		worker: "w",
		version,
	};
}

/** A node in backoff was tried at once. */
export function retryNowRequest(requestId: string, changes: Partial<ControlRequestRecord> = {}): ControlRequestRecord {
	return {
		requestId,
		kind: "retryNow",
		path: "call",
		by: "mira",
		reason: null,
		requestedAt: 50,
		result: "applied",
		before: "waiting",
		after: "waiting",
		because: null,
		version: 5,
		...changes,
	};
}

export function snapshotAt(version: number, changes: Partial<WorkflowSnapshot> = {}): WorkflowSnapshot {
	return {
		now: 2_000 + version,
		instance: instanceAt(version),
		openNodes: [],
		checkpoints: [],
		attempts: [],
		controlRequests: [],
		signals: [],
		...changes,
	};
}

export const DEFINITION: DefinitionRecord = {
	hash: "hash",
	workflow: "order",
	plannedNodes: 3,
	graph: { format: 1, workflow: "order", description: null, scope: [] },
};
