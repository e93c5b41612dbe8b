import type { InstanceStatus } from "@waymark/engine/backend";
import type { ActionKind, BulkItem, BulkState } from "../wire.ts";

/** One run that a job is about. */
export interface Target {
	readonly instanceId: string;
	readonly runId: string;
	readonly status: InstanceStatus;
}

export interface Plan {
	readonly planId: string;
	readonly kind: ActionKind;
	readonly targets: readonly Target[];
	readonly capped: boolean;
}

export interface Job {
	readonly jobId: string;
	readonly kind: ActionKind;
	readonly by: string;
	readonly reason: string | null;
	readonly startedAt: number;
	readonly targets: readonly Target[];
	/** In the order of the targets. */
	readonly items: BulkItem[];
	over: boolean;
}

/** Newest kept of each; older ones are read back from the audit. */
const MOST_KEPT = 50;

/** Next bundles a copy of this module for every route: what they share hangs on the process (see http-server/store.ts). */
const KEY = Symbol.for("waymark.dashboard.bulk");

interface Kept {
	readonly plans: Map<string, Plan>;
	readonly jobs: Map<string, Job>;
	/** Of jobs whose page is looked at: what each run was when it was last read, and at which version. */
	readonly seen: Map<string, Map<string, SeenState>>;
}

export interface SeenState {
	readonly version: number;
	readonly state: BulkState;
}

export function kept(): Kept {
	const holder = globalThis as { [KEY]?: Kept };
	holder[KEY] ??= { plans: new Map(), jobs: new Map(), seen: new Map() };
	return holder[KEY];
}

export function keep<T>(map: Map<string, T>, id: string, value: T): void {
	map.set(id, value);
	for (const old of map.keys()) {
		if (map.size <= MOST_KEPT) return;
		map.delete(old);
	}
}

/** The request's id follows from the job and the place: asked again, it answers as it did, with one audit row. */
export function requestIdOf(jobId: string, at: number): string {
	return `bulk-${jobId}-${at}`;
}
