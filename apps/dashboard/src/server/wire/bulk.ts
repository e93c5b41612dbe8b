/** Actions on many instances. */
import type { InstanceControl, InstanceStatus } from "@waymark/engine/backend";
import type { ActionKind } from "./commands.ts";

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

/** `done`: accepted. `unknown`: the dashboard was started anew before it was asked, or it was gone by then. */
export type BulkOutcome = "done" | "unchanged" | "refused" | "failed" | "waiting" | "unknown";

export interface BulkItem {
	readonly instanceId: string;
	/** The run that it was about; null: it was not asked. */
	readonly runId: string | null;
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

/** What a run is at this moment. */
export interface BulkState {
	readonly runId: string;
	readonly status: InstanceStatus;
	readonly control: InstanceControl;
}

/** `GET /api/bulk/{jobId}/now`: what the runs are that took the action. Those that are gone are left out. */
export interface BulkNow {
	readonly states: readonly BulkState[];
}
