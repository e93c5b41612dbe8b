import type { ControlKind, ControlRequestRecord, InstanceStatus } from "@waymark/engine/backend";
import type { CommitContext } from "./commit-context.ts";
import type { InstanceHead } from "./instance-row.ts";

export interface AuditEntry {
	readonly requestId: string;
	readonly kind: ControlKind;
	readonly path: string | null;
	readonly by: string;
	readonly reason: string | null;
	readonly result: ControlRequestRecord["result"];
	readonly before: InstanceStatus;
	/** Why it was refused though the instance had not ended; else null. */
	readonly because: string | null;
}

/** Appends one control request, in the commit that decided it. */
export async function recordRequest(ctx: CommitContext, row: InstanceHead, entry: AuditEntry): Promise<void> {
	const version = ctx.touch(row);
	await ctx.sql.run(
		`INSERT INTO control_request (request_id, run_id, kind, path, requested_by, reason, requested_at, result, status_before,
			status_after, because, version)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		entry.requestId,
		row.run_id,
		entry.kind,
		entry.path,
		entry.by,
		entry.reason,
		ctx.now,
		entry.result,
		entry.before,
		row.control === "none" ? row.status : row.control,
		entry.because,
		version,
	);
}

/** A run that was cancelled because its instance id was started again. */
export function recordTermination(
	ctx: CommitContext,
	row: InstanceHead,
	before: InstanceStatus,
	by: string,
): Promise<void> {
	const reason = "replaced by a new start of the same instance id";
	return recordRequest(ctx, row, {
		requestId: ctx.ids.next(),
		kind: "cancel",
		path: null,
		by,
		reason,
		result: "applied",
		before,
		because: null,
	});
}
