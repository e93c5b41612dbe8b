import type { AuditRecord, RequestPage, RequestQuery } from "../backend/overview.ts";
import { checkPageLimit, cursorAt, parseCursor } from "../backend/page-limit.ts";
import type { MemoryState } from "./state.ts";

export function listRequests(state: MemoryState, now: number, query: RequestQuery): RequestPage {
	checkPageLimit(query.limit);
	const after = query.cursor === null ? null : parseCursor(query.cursor);
	const found = state.byCreation
		.flatMap(({ instance, controlRequests }) => {
			const { instanceId, runId, workflow } = instance;
			return controlRequests.map((request): AuditRecord => ({ ...request, instanceId, runId, workflow }));
		})
		.filter((request) => matches(request, query))
		.sort((a, b) => b.requestedAt - a.requestedAt || (b.requestId < a.requestId ? -1 : 1))
		.filter(
			({ requestedAt, requestId }) =>
				after === null || requestedAt < after.at || (requestedAt === after.at && requestId < after.id),
		);
	const requests = found.slice(0, query.limit);
	const last = requests.at(-1);
	const more = found.length > query.limit && last !== undefined;
	return { now, requests, nextCursor: more ? cursorAt(last.requestedAt, last.requestId) : null };
}

function matches(request: AuditRecord, { kinds, results, by, instanceId, requestIds }: RequestQuery): boolean {
	return (
		(kinds.length === 0 || kinds.includes(request.kind)) &&
		(results.length === 0 || results.includes(request.result)) &&
		(by === null || by === request.by) &&
		(requestIds === undefined || requestIds.includes(request.requestId)) &&
		(instanceId === null || instanceId === request.instanceId)
	);
}
