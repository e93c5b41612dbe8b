/** What the pages are made of that show many instances, or none. */
import type {
	Attention,
	AuditRecord,
	DefinitionRecord,
	EndedSeries,
	InstanceCounts,
	InstanceRecord,
	ListedInstance,
	MatchCount,
	RequestPage,
	UnservedWork,
	WaitCount,
	WaitPage,
	WorkerRecord,
	WorkflowDetail,
	WorkflowSummary,
} from "@waymark/engine/backend";
import type { JsonSchema } from "@waymark/engine/graph";
import type { Lack, SeenWorker } from "./instance.ts";

/** What an instance holds as running though the worker that ran it fell silent. */
export interface LostNodes {
	/** One of them. */
	readonly path: string;
	readonly nodes: number;
	/** Whose that one was. */
	readonly worker: SeenWorker;
}

export interface ListedRow extends ListedInstance {
	/** Null: everything that runs has a live worker. */
	readonly lost: LostNodes | null;
}

/** `GET /api/instances`. */
export interface InstanceList {
	readonly now: number;
	/** May be fewer than asked for, though more follow (see InstancePage of the engine). */
	readonly instances: readonly ListedRow[];
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
	/** `isMissed`: something waits for one. */
	| { readonly kind: "no-worker"; readonly isMissed: boolean }
	| { readonly kind: "unserved"; readonly work: UnservedWork }
	/** `paused`: so many of the nodes that it held are of instances that are paused, as far as was looked. */
	| {
			readonly kind: "silent-worker";
			readonly worker: WorkerRecord;
			readonly paused: number;
			readonly isAnyAlive: boolean;
	  };

/** What holds up an instance that stands where it should not. */
export type Hold =
	/** Nothing will ever move it. */
	| { readonly kind: "orphan" }
	/** The worker that had taken it fell silent. */
	| { readonly kind: "lost"; readonly lost: LostNodes; readonly isAnyAlive: boolean }
	/** A node is ready, and no live worker can run it. */
	| { readonly kind: "unserved"; readonly path: string; readonly lack: Lack }
	/** A node is ready, and no live worker has taken it. */
	| { readonly kind: "unclaimed"; readonly path: string; readonly isAnyAlive: boolean }
	/** A pause or cancel waits for what still runs. */
	| {
			readonly kind: "control";
			readonly by: string | null;
			readonly path: string | null;
			readonly worker: SeenWorker | null;
	  };

export interface StalledView {
	readonly instance: InstanceRecord;
	readonly hold: Hold;
	/** Since when, as far as it is known. */
	readonly since: number;
}

/** Failures of one workflow, at one node, by errors of one name. */
export interface FailureGroup {
	/** The one that ended last. */
	readonly newest: InstanceRecord;
	readonly count: number;
}

export interface OverviewAttention extends Omit<Attention, "failed" | "stalled"> {
	readonly stalled: readonly StalledView[];
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

/** What became of a request, as far as the records tell. Times in ms since the epoch. */
export type RequestEffect =
	| { readonly kind: "none" }
	/** In the request's own commit. */
	| { readonly kind: "at_once"; readonly at: number }
	/** Once the last task in flight had ended; null: the records do not tell when. */
	| { readonly kind: "later"; readonly at: number | null }
	| { readonly kind: "not_yet" }
	/** The instance completed or failed, or the request was taken back, before it took effect. */
	| { readonly kind: "overtaken"; readonly by: "completed" | "failed" | "cancelled" | "unpause" };

export interface AuditEntry extends AuditRecord {
	readonly effect: RequestEffect;
}

/** `GET /api/audit`. */
export interface AuditPage extends Omit<RequestPage, "requests"> {
	readonly requests: readonly AuditEntry[];
}

/** `GET /api/workers`. */
export interface WorkerList {
	readonly now: number;
	readonly workers: readonly WorkerRecord[];
	readonly findings: readonly Finding[];
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

/** What the start page is made of. */
export interface StartForm {
	readonly workflow: string;
	readonly definitionHash: string;
	readonly description: string | null;
	/** Null: the workflow says nothing of its input. */
	readonly inputSchema: JsonSchema | null;
}

/** `GET /api/workflows`. */
export interface WorkflowList {
	readonly workflows: readonly string[];
}
