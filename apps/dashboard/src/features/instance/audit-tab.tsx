"use client";

import type { ControlRequestRecord } from "@waymark/engine/backend";
import { DataTable } from "../../components/data-table.tsx";
import { instanceStatus } from "../../components/status-table.ts";
import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import type { InstanceState } from "../../server/wire.ts";
import { type Effect, effectOf } from "./request-effect.ts";

const KIND: Readonly<Record<ControlRequestRecord["kind"], string>> = {
	pause: "Pause",
	unpause: "Unpause",
	cancel: "Cancel",
	retry: "Retry",
};

const RESULT: Readonly<Record<ControlRequestRecord["result"], string>> = {
	applied: "Accepted",
	unchanged: "Was so already",
	refused: "Refused",
};

/** Every operator's wish, the refused ones too. */
export function AuditTab({ state }: { readonly state: InstanceState }) {
	const requests = state.snapshot.controlRequests.toReversed();
	if (requests.length === 0) {
		return <p className="p-6 text-ink-muted text-sm">Nobody has paused, cancelled or retried this instance.</p>;
	}
	return (
		<DataTable label="Audit" inTab heads={["Asked", "Request", "By", "Reason", "Answer", "Took effect", "Status"]}>
			{requests.map((request) => (
				<tr key={request.requestId}>
					<td className="text-ink-muted">
						<Timestamp at={request.requestedAt} />
					</td>
					<td className="font-medium">{KIND[request.kind]}</td>
					<td>{visibleText(request.by)}</td>
					<td className="max-w-110 break-words">
						{request.reason === null ? <span className="text-ink-faint">none given</span> : visibleText(request.reason)}
					</td>
					<td>{RESULT[request.result]}</td>
					<td className="text-ink-muted">
						<EffectWords effect={effectOf(request, state.snapshot)} />
					</td>
					<td className="whitespace-nowrap text-ink-muted">
						{wordOf(request.before)} → {wordOf(request.after)}
					</td>
				</tr>
			))}
		</DataTable>
	);
}

const OVERTAKEN: Readonly<Record<Extract<Effect, { by: string }>["by"], string>> = {
	completed: "No: it completed first",
	failed: "No: it failed first",
	cancelled: "No: it was cancelled first",
	unpause: "No: taken back before",
};

function EffectWords({ effect }: { readonly effect: Effect }) {
	switch (effect.kind) {
		case "none":
			return "–";
		case "at_once":
			return "At once";
		case "later":
			return effect.at === null ? (
				"Later"
			) : (
				<>
					At <Timestamp at={effect.at} />
				</>
			);
		case "not_yet":
			return "Not yet";
		case "overtaken":
			return OVERTAKEN[effect.by];
	}
}

function wordOf(status: ControlRequestRecord["after"]): string {
	if (status === "pausing") return "Pausing";
	return status === "cancelling" ? "Cancelling" : instanceStatus(status).word;
}
