import type { ControlKind, ControlRequestRecord } from "@waymark/engine/backend";
import { withEffects } from "./audit-effects.ts";
import { getBackend } from "./backend.ts";
import { cursorIn, limitIn, oneOf, text } from "./query-params.ts";
import type { AuditPage } from "./wire.ts";

const KINDS = ["pause", "unpause", "cancel", "retry", "retryNow", "reveal"] as const satisfies readonly ControlKind[];
const RESULTS = ["applied", "unchanged", "refused"] as const satisfies readonly ControlRequestRecord["result"][];

/** `GET /api/audit?kind=&result=&by=&instance=&cursor=&limit=`. */
export async function loadAudit(params: URLSearchParams): Promise<AuditPage> {
	const kind = oneOf(params, "kind", KINDS);
	const result = oneOf(params, "result", RESULTS);
	const backend = await getBackend();
	const page = await backend.listRequests({
		kinds: kind === null ? [] : [kind],
		results: result === null ? [] : [result],
		by: text(params, "by"),
		instanceId: text(params, "instance"),
		cursor: cursorIn(params),
		limit: limitIn(params),
	});
	return { ...page, requests: await withEffects(backend, page.requests) };
}
