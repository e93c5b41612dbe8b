/** What travels between the dashboard's server and its pages. Types only: browser code imports them with `import type`. */
import type {
	Attention,
	DefinitionRecord,
	EndedSeries,
	InstanceCounts,
	InstanceRecord,
	InstanceStatus,
	ListedInstance,
	MatchCount,
	UnservedWork,
	WaitCount,
	WaitPage,
	WorkerRecord,
	WorkflowDetail,
	WorkflowSnapshot,
	WorkflowSummary,
} from "@waymark/engine/backend";
import type { JsonSchema } from "@waymark/engine/graph";
import type { Role, User } from "../http-server/roles.ts";

export type { Role, User };

/**
 * What may be allowed or not. `read`: states. `data`: inputs, outputs, payloads of signals, stacks of errors. `reveal`:
 * what is hidden in them.
 */
export type Action = "read" | "data" | "reveal" | "signal" | "start" | "bulk" | "retryNow" | ActionKind;

/** What decides what may be done here. */
export interface Access {
	/** Nothing is changed here, whoever asks. */
	readonly readOnly: boolean;
	/** Null: there is no sign-in, and whoever reaches the address is the local operator. */
	readonly user: User | null;
}

/** `GET /api/session`: who this browser is signed in as. */
export interface SessionAnswer {
	readonly user: User | null;
}

/** `POST /api/session`: signs in. The answer sets the cookie. */
export interface SignInBody {
	readonly token: string;
}

/** What the settings tell of access. Users, without anything secret, are told to admins. */
export interface AccessOverview extends Access {
	readonly hasSignIn: boolean;
	readonly users: readonly User[] | null;
	/** What keys end with whose values are hidden; null: nothing is hidden. */
	readonly hides: readonly string[] | null;
}

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
	/** Whoever opened the stream has signed out, or may not see it any more. The stream closes. */
	readonly signedout: object;
	/** Another run has taken the id, or the instance was deleted. The stream closes. */
	readonly gone: { readonly runId: string | null };
	/** At once and every 15 s, so that silence means a dead connection. `now` is the database's clock. */
	readonly ping: { readonly now: number };
}

/** `GET /api/instances`. */
export interface InstanceList {
	readonly now: number;
	/** May be fewer than asked for, though more follow (see InstancePage of the engine). */
	readonly instances: readonly ListedInstance[];
	/** Where the same direction goes on; null: nothing more lies there. */
	readonly nextCursor: string | null;
	/** The places of the first and of the last of them; null: there are none. */
	readonly edges: { readonly newest: string; readonly oldest: string } | null;
	/** How many meet the filter; null: it lets everything through. */
	readonly matching: MatchCount | null;
	readonly counts: InstanceCounts;
}

export type SeriesRange = "1h" | "24h" | "7d";

/** Something that the doctor says is wrong. */
export type Finding =
	| { readonly kind: "no-worker" }
	| { readonly kind: "unserved"; readonly work: UnservedWork }
	| { readonly kind: "silent-worker"; readonly worker: WorkerRecord };

/** Failures of one workflow, at one node, by errors of one name. */
export interface FailureGroup {
	/** The one that ended last. */
	readonly newest: InstanceRecord;
	readonly count: number;
}

export interface OverviewAttention extends Omit<Attention, "failed"> {
	/** Up to five, the one with the newest failure first. */
	readonly failures: readonly FailureGroup[];
	/** Of the failures that were looked at. */
	readonly failedLastDay: number;
	/** Only the newest failures were looked at: there may be more of everything. */
	readonly failuresCut: boolean;
}

/** `GET /api/overview?range=`. */
export interface Overview {
	readonly now: number;
	readonly range: SeriesRange;
	readonly attention: OverviewAttention;
	readonly counts: InstanceCounts;
	readonly workers: readonly WorkerRecord[];
	readonly waits: readonly WaitCount[];
	readonly findings: readonly Finding[];
	readonly ended: EndedSeries & { readonly bucketMs: number };
}

/** `GET /api/signals`. */
export interface WaitList extends WaitPage {
	readonly names: readonly WaitCount[];
}

/** `GET /api/workers`. */
export interface WorkerList {
	readonly now: number;
	readonly workers: readonly WorkerRecord[];
	readonly unserved: readonly UnservedWork[];
}

/** `GET /api/workflows/table`. */
export interface WorkflowTable {
	readonly workflows: readonly WorkflowSummary[];
}

/** `GET /api/workflows/{name}?definition=hash`. */
export interface WorkflowPage {
	readonly detail: WorkflowDetail;
	/** The one whose graph is shown. */
	readonly definition: DefinitionRecord;
}

/** `POST /api/bulk/plan`: which instances a bulk action is about. Nothing is done yet. */
export interface BulkPlanBody {
	readonly kind: ActionKind;
	/** Chosen ones, or: */
	readonly instanceIds?: readonly string[];
	/** the query of the list, as it stands in its address. */
	readonly query?: string;
}

/** The instances at this moment. A job that is started with it is about exactly these runs. */
export interface BulkPlan {
	readonly planId: string;
	readonly kind: ActionKind;
	readonly count: number;
	/** More meet the filter than one job may take: these are the newest. */
	readonly capped: boolean;
	readonly byStatus: Readonly<Partial<Record<InstanceStatus, number>>>;
	/** A few of their ids. */
	readonly samples: readonly string[];
}

/** `POST /api/bulk`. */
export interface BulkBody {
	readonly planId: string;
	readonly reason?: string;
	/** The count, typed by the person; needed above 20. */
	readonly confirm?: number;
}

export interface BulkStarted {
	readonly jobId: string;
}

/** `unknown`: the dashboard was started anew before it was asked, or it was gone by then. */
export type BulkOutcome = "done" | "unchanged" | "refused" | "failed" | "waiting" | "unknown";

export interface BulkItem {
	readonly instanceId: string;
	readonly outcome: BulkOutcome;
	/** Why not; null if it was done or is to come. */
	readonly note: string | null;
}

/** `GET /api/bulk/{jobId}`. */
export interface BulkJob {
	readonly jobId: string;
	readonly kind: ActionKind | null;
	readonly reason: string | null;
	readonly by: string;
	readonly startedAt: number | null;
	readonly total: number;
	readonly over: boolean;
	/** True: this was read back from the audit, because the dashboard that did it is gone. */
	readonly fromAudit: boolean;
	readonly items: readonly BulkItem[];
}

/** What is asked of whole instances. */
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
	readonly kind: ActionKind | "retryNow";
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

/** `POST /api/instances/{id}/retry-now`. */
export interface RetryNowBody extends ActionBody {
	/** Of the open node in backoff, as a snapshot has it. */
	readonly path: string;
}

/** `GET /api/instances/{id}/exists`. */
export interface InstanceExists {
	readonly exists: boolean;
}

/** `GET /api/instances/{id}/workers`. Times in ms since the epoch, by the database's clock. */
export interface InstanceWorkers {
	readonly now: number;
	readonly workers: readonly {
		readonly workerId: string;
		readonly name: string;
		readonly heartbeatAt: number;
		/** Its leases are void after this. */
		readonly expiresAt: number;
	}[];
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

/** What the start page is made of. */
export interface StartForm {
	readonly workflow: string;
	readonly definitionHash: string;
	readonly description: string | null;
	/** Null: the workflow says nothing of its input. */
	readonly inputSchema: JsonSchema | null;
}

/** `POST /api/instances`. */
export interface StartBody {
	readonly workflow: string;
	readonly instanceId: string;
	readonly input: unknown;
	readonly labels?: Readonly<Record<string, string>>;
}

/** `GET /api/workflows`. */
export interface WorkflowList {
	readonly workflows: readonly string[];
}

/**
 * `GET /api/instances/{id}/value?run=…&ref=…[&full=1]`. `text` is JSON text when `encoding` is "text", else the first
 * bytes in hexadecimal. Without `full` at most 64 KiB are sent, with it at most 2 MiB; `truncated` says that bytes are
 * missing. The whole value is at the same address with `download=1`. What is hidden by policy is in none of these; with
 * `omit=1` it is left out, where else dots stand for it.
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
	/** How many parts of it are hidden by policy. */
	readonly hidden: number;
	/** Where in `text` dots stand in the place of a whole value; empty where the text is truncated. */
	readonly marks: readonly number[];
	/** The keys under which something is hidden, some of them. */
	readonly hiddenKeys: readonly string[];
}

/** `POST /api/instances/{id}/reveal`: the value as `full=1` gives it, but in clear. The audit says who saw it. */
export interface RevealBody {
	readonly ref: string;
	readonly expectedRunId?: string;
}

export type ApiErrorCode =
	| "BadRequest"
	| "InvalidInstanceId"
	| "InstanceNotFound"
	| "UnknownWorkflow"
	| "JobNotFound"
	| "ConfirmationNeeded"
	| "ValueNotFound"
	| "InstanceFinished"
	| "InstanceExists"
	| "ControlConflict"
	| "SignalKeyConflict"
	| "Forbidden"
	| "ReadOnly"
	| "SignedOut"
	| "WrongToken"
	| "TooManyAttempts"
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
		/** Under which the server's log says what happened; only of what was not foreseen. */
		readonly reference?: string;
	};
}
