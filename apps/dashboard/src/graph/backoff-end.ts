import type { AttemptRecord, ControlRequestRecord } from "@waymark/engine/backend";

/**
 * When the wait behind an attempt was over, or will be: at the time that was set then, unless somebody wanted the next
 * attempt at once. Null: there was none to come. Ms since the epoch.
 */
export function backoffEnd(
	{ path, version, nextAttemptAt }: AttemptRecord,
	requests: readonly ControlRequestRecord[],
): number | null {
	if (nextAttemptAt === null) return null;
	const cuts = requests.filter(
		(request) =>
			request.kind === "retryNow" && request.result === "applied" && request.path === path && request.version > version,
	);
	return Math.min(nextAttemptAt, ...cuts.map(({ requestedAt }) => requestedAt));
}
