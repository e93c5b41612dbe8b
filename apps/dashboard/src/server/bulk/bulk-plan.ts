import { randomUUID } from "node:crypto";
import type { InstanceStatus, PersistentBackend } from "@waymark/engine/backend";
import { ApiError } from "../api-error.ts";
import { authorise } from "../authorise.ts";
import { getBackend } from "../backend.ts";
import { readFilter } from "../list-query.ts";
import { type Fields, readBody } from "../read-body.ts";
import type { ActionKind, BulkPlan } from "../wire.ts";
import { keep, kept, type Target } from "./bulk-state.ts";

/** More than that is a job for code that knows what it does. */
const MOST = 1_000;
const KINDS = ["pause", "unpause", "cancel", "retry"] as const satisfies readonly ActionKind[];

/** Statuses in which the action means something: others are not asked. */
const MEANT: Readonly<Record<ActionKind, readonly InstanceStatus[]>> = {
	pause: ["pending", "in_progress", "waiting", "awaiting_signal"],
	unpause: ["paused", "pending", "in_progress", "waiting", "awaiting_signal"],
	cancel: ["pending", "in_progress", "waiting", "awaiting_signal", "paused"],
	retry: ["failed"],
};

/** How many stretches of the list are looked through for matches (see InstancePage of the engine). */
const MOST_PAGES = 200;
const SAMPLES = 5;

/** `POST /api/bulk/plan`. Says what a job would be about, and keeps exactly that for it. */
export async function planBulk(request: Request): Promise<BulkPlan> {
	authorise(request, "bulk");
	const fields = await readBody(request);
	const kind = kindOf(fields);
	authorise(request, kind);
	const chosen = fields.texts("instanceIds", { max: 200, most: MOST });
	const query = fields.text("query", { max: 8_000 });
	if ((chosen === null) === (query === null)) {
		throw new ApiError("BadRequest", 'Send either "instanceIds" or "query": what the action is about.');
	}
	const backend = await getBackend();
	const found = chosen === null ? await matching(backend, query ?? "", kind) : await named(backend, chosen);
	const plan = { planId: randomUUID(), kind, targets: found.slice(0, MOST), capped: found.length > MOST };
	keep(kept().plans, plan.planId, plan);
	const byStatus: Partial<Record<InstanceStatus, number>> = {};
	for (const { status } of plan.targets) byStatus[status] = (byStatus[status] ?? 0) + 1;
	return {
		planId: plan.planId,
		kind,
		count: plan.targets.length,
		capped: plan.capped,
		byStatus,
		samples: plan.targets.slice(0, SAMPLES).map(({ instanceId }) => instanceId),
	};
}

function kindOf(fields: Fields): ActionKind {
	const given = fields.requiredText("kind", { max: 20 });
	const kind = KINDS.find((known) => known === given);
	if (kind === undefined) throw new ApiError("BadRequest", `"kind" is one of ${KINDS.join(", ")}.`);
	return kind;
}

/** One more than a job takes, if there are that many. Older runs of an id that was started again are left out. */
async function matching(backend: PersistentBackend, query: string, kind: ActionKind): Promise<Target[]> {
	const filter = readFilter(new URLSearchParams(query));
	const wanted = filter.statuses.length === 0 ? MEANT[kind] : filter.statuses;
	const statuses = wanted.filter((status) => MEANT[kind].includes(status));
	if (statuses.length === 0) return [];
	const targets: Target[] = [];
	const seen = new Set<string>();
	let cursor: string | null = null;
	for (let page = 0; page < MOST_PAGES && targets.length <= MOST; page += 1) {
		const { instances, nextCursor }: Awaited<ReturnType<typeof backend.listInstances>> = await backend.listInstances({
			...filter,
			statuses,
			limit: 200,
			cursor,
		});
		for (const { instanceId, runId, status } of instances) {
			if (!seen.has(instanceId)) targets.push({ instanceId, runId, status });
			seen.add(instanceId);
		}
		if (nextCursor === null) return targets;
		cursor = nextCursor;
	}
	return targets;
}

/** Ids that are gone by now are left out: the count says so. */
async function named(backend: PersistentBackend, ids: readonly string[]): Promise<Target[]> {
	const targets: Target[] = [];
	for (const id of new Set(ids)) {
		const instance = await backend.getInstance(id);
		if (instance !== null) targets.push({ instanceId: id, runId: instance.runId, status: instance.status });
	}
	return targets;
}
