import type { AuditRecord, PersistentBackend } from "@waymark/engine/backend";
import { ApiError } from "../api-error.ts";
import type { BulkItem, BulkJob } from "../wire.ts";
import { requestIdOf } from "./bulk-state.ts";

const JOB_ID = /^(\d{1,4})-[0-9a-f]{16}$/;
const PAGE = 200;

/**
 * What a job did, when the dashboard that ran it is gone. Every command of a job left its row in the audit, in the same
 * commit, under an id that follows from the job's: so nothing else needs to be stored. What has no row was not asked.
 */
export async function jobFromAudit(backend: PersistentBackend, jobId: string): Promise<BulkJob> {
	const total = Number(JOB_ID.exec(jobId)?.[1] ?? 0);
	const requests = await requestsOf(backend, jobId, total);
	const [first] = requests.values();
	if (first === undefined) throw new ApiError("JobNotFound", "There is no such bulk action. Look in the audit.");
	const items = Array.from({ length: total }, (_, at): BulkItem => itemOf(requests.get(requestIdOf(jobId, at))));
	return {
		jobId,
		// No job is about single nodes, and none reveals anything.
		kind: first.kind === "retryNow" || first.kind === "reveal" ? null : first.kind,
		reason: first.reason,
		by: first.by,
		startedAt: Math.min(...[...requests.values()].map(({ requestedAt }) => requestedAt)),
		total,
		over: true,
		fromAudit: true,
		items,
	};
}

async function requestsOf(
	backend: PersistentBackend,
	jobId: string,
	total: number,
): Promise<ReadonlyMap<string, AuditRecord>> {
	const found = new Map<string, AuditRecord>();
	for (let from = 0; from < total; from += PAGE) {
		const requestIds = Array.from({ length: Math.min(PAGE, total - from) }, (_, at) => requestIdOf(jobId, from + at));
		const { requests } = await backend.listRequests({
			kinds: [],
			results: [],
			by: null,
			instanceId: null,
			requestIds,
			limit: PAGE,
			cursor: null,
		});
		for (const request of requests) found.set(request.requestId, request);
	}
	return found;
}

function itemOf(request: AuditRecord | undefined): BulkItem {
	if (request === undefined)
		return { instanceId: "", runId: null, outcome: "unknown", note: "Not asked before the dashboard ended" };
	const { instanceId, runId, result, before, because } = request;
	switch (result) {
		case "applied":
			return { instanceId, runId, outcome: "done", note: null };
		case "unchanged":
			return { instanceId, runId, outcome: "unchanged", note: "It was so already" };
		case "refused":
			return { instanceId, runId, outcome: "refused", note: because ?? `It was ${before}` };
	}
}
