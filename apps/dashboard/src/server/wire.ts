/** What travels between the dashboard's server and its pages. Types only: browser code imports them with `import type`. */
import type { DefinitionRecord, InstanceCounts, InstanceRecord, WorkflowSnapshot } from "@waymark/engine/backend";

/** Everything the instance page shows: `GET /api/instances/{id}`. */
export interface InstanceState {
	/** The database's clock when it was read, ms since the epoch. */
	readonly now: number;
	readonly snapshot: WorkflowSnapshot;
	readonly definition: DefinitionRecord;
}

/**
 * What changed since `base`. Checkpoints, attempts, control requests and signals are those with a greater version;
 * `snapshot.openNodes` is always the complete list, because rows that are gone cannot be sent as changes.
 */
export interface InstanceDelta {
	readonly base: number;
	readonly snapshot: WorkflowSnapshot;
}

/**
 * Events of `GET /api/instances/{id}/stream?since=version`, by name. `id:` is the version they lead to; `ping` and
 * `gone` have none.
 */
export interface StreamEvents {
	/** The whole state, when the stream was opened without a version. */
	readonly snapshot: InstanceState;
	readonly delta: InstanceDelta;
	/** Too much changed for one event: fetch the state. The stream goes on from that version. */
	readonly refetch: { readonly version: number };
	/** The instance is over, and what was sent last stays true. The stream closes. */
	readonly end: { readonly version: number };
	/** Another run has taken the id, or the instance was deleted. The stream closes. */
	readonly gone: { readonly runId: string | null };
	/** At once and every 15 s, so that silence means a dead connection. `now` is the database's clock. */
	readonly ping: { readonly now: number };
}

/** `GET /api/instances`. */
export interface InstanceList {
	readonly now: number;
	readonly instances: readonly InstanceRecord[];
	readonly nextCursor: string | null;
	readonly counts: InstanceCounts;
}

export type ActionKind = "pause" | "unpause" | "cancel" | "retry";

/** A task that a pause or a cancel waits for. Times in ms since the epoch. */
export interface AwaitedTask {
	readonly path: string;
	readonly attempt: number;
	readonly worker: string;
	readonly grantedAt: number;
}

/** Answer of the control routes. */
export interface ActionAnswer {
	readonly kind: ActionKind;
	/** False when it was so already. */
	readonly changed: boolean;
	readonly instance: InstanceRecord;
	readonly inFlight: readonly AwaitedTask[];
}

export interface ActionBody {
	readonly reason?: string;
	/** Refuse when another run has taken the id since. */
	readonly expectedRunId?: string;
	/** Made by the caller; the same id again answers as the first time did. */
	readonly requestId?: string;
}

export interface SignalBody {
	readonly name: string;
	readonly payload: unknown;
	readonly idempotencyKey?: string;
}

export interface SignalAnswer {
	readonly signalId: string;
	/** Path of the wait that takes it; null while it is buffered. */
	readonly reservedFor: string | null;
	readonly duplicate: boolean;
}

/** `GET /api/workflows`. */
export interface WorkflowList {
	readonly workflows: readonly string[];
}

/**
 * `GET /api/instances/{id}/value?run=…&ref=…[&full=1]`. `text` is JSON text when `encoding` is "text", else the first
 * bytes in hexadecimal. Without `full` at most 64 KiB are sent, with it at most 2 MiB; `truncated` says that bytes are
 * missing. The whole value is at the same address with `download=1`.
 */
export interface ValueResponse {
	readonly text: string;
	readonly encoding: "text" | "hex";
	/** Bytes of the whole value. */
	readonly size: number;
	/** Null when the reference holds no bytes of its own. */
	readonly codec: string | null;
	readonly truncated: boolean;
	/** What is wrapped around the stored bytes, outermost first: `case:review`, `done`, `received`, … */
	readonly wrappers: readonly string[];
}

export type ApiErrorCode =
	| "BadRequest"
	| "InvalidInstanceId"
	| "InstanceNotFound"
	| "UnknownWorkflow"
	| "ValueNotFound"
	| "InstanceFinished"
	| "InstanceExists"
	| "ControlConflict"
	| "SignalKeyConflict"
	| "Forbidden"
	| "MethodNotAllowed"
	| "PayloadTooLarge"
	| "UnsupportedMediaType"
	| "MisdirectedRequest"
	| "TooManyStreams"
	| "StoreUnavailable"
	| "NotImplemented"
	| "Internal";

/** Body of every answer that is not 2xx. `message` ends with the way out. */
export interface ApiErrorBody {
	readonly error: {
		readonly code: ApiErrorCode;
		readonly message: string;
		/** What the instance is now, when the request came too late for it. */
		readonly instance?: InstanceRecord;
	};
}
