"use client";

import type { ControlRequestRecord } from "@waymark/engine/backend";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import type { InstanceState } from "../../server/wire.ts";
import { AskedFor } from "../audit/asked-for.tsx";
import { statusWord } from "../audit/status-word.ts";
import { type Effect, effectOf } from "./request-effect.ts";

const RESULT: Readonly<Record<ControlRequestRecord["result"], string>> = {
	applied: "Accepted",
	unchanged: "Was so already",
	refused: "Refused",
};

/** Every operator's wish, the refused ones too. */
export function AuditTab({ state }: { readonly state: InstanceState }) {
	const requests = state.snapshot.controlRequests.toReversed();
	if (requests.length === 0) {
		return (
			<p className="p-6 text-ink-muted text-sm">
				Nobody has paused, cancelled or retried anything of this instance, or been shown what is hidden in it.
			</p>
		);
	}
	const columns = [...ASKED, effectColumn(state), STATUS];
	return <DataTable label="Audit" inTab columns={columns} rows={requests} rowKey={({ requestId }) => requestId} />;
}

const ASKED: readonly Column<ControlRequestRecord>[] = [
	{
		head: "Asked",
		inCard: "aside",
		className: "text-ink-muted",
		cell: ({ requestedAt }) => <Timestamp at={requestedAt} />,
	},
	{ head: "Request", inCard: "name", className: "font-medium", cell: (request) => <AskedFor request={request} /> },
	{ head: "By", cell: ({ by }) => visibleText(by) },
	{
		head: "Reason",
		inCard: "line",
		className: "max-w-110 wrap-anywhere",
		cell: ({ reason }) => (reason === null ? <span className="text-ink-faint">none given</span> : visibleText(reason)),
	},
	{
		head: "Answer",
		cell: ({ result, because }) => (
			<>
				{RESULT[result]}
				{because === null ? null : <span className="block text-ink-muted text-xs">{visibleText(because)}</span>}
			</>
		),
	},
];

const effectColumn = ({ snapshot }: InstanceState): Column<ControlRequestRecord> => ({
	head: "Took effect",
	className: "text-ink-muted",
	cell: (request) => <EffectWords effect={effectOf(request, snapshot)} />,
});

const STATUS: Column<ControlRequestRecord> = {
	head: "Status",
	className: "whitespace-nowrap text-ink-muted",
	cell: ({ before, after }) => `${statusWord(before)} → ${statusWord(after)}`,
};

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
