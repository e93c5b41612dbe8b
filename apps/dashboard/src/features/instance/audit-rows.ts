import type { ControlRequestRecord, SignalRecord, WorkflowSnapshot } from "@waymark/engine/backend";

/** Something that somebody asked of the instance. */
export type AuditRow =
	| { readonly kind: "request"; readonly id: string; readonly at: number; readonly request: ControlRequestRecord }
	| { readonly kind: "signal"; readonly id: string; readonly at: number; readonly signal: SignalRecord };

export function auditLength({ controlRequests, signals }: WorkflowSnapshot): number {
	return controlRequests.length + signals.length;
}

/** Control requests and signals, newest first. Who started the instance is not recorded. */
export function auditRows({ controlRequests, signals }: WorkflowSnapshot): readonly AuditRow[] {
	const rows: AuditRow[] = [
		...controlRequests.map((request) => ({
			kind: "request" as const,
			id: request.requestId,
			at: request.requestedAt,
			request,
		})),
		...signals.map((signal) => ({ kind: "signal" as const, id: signal.signalId, at: signal.receivedAt, signal })),
	];
	// Rows of one list are in their order already: the later of two of one moment comes first.
	return rows.reverse().sort((a, b) => b.at - a.at);
}
