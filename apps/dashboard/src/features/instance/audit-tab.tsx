"use client";

import { effectOf } from "../../audit/request-effect.ts";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import type { InstanceState } from "../../server/wire.ts";
import { AskedFor } from "../audit/asked-for.tsx";
import { EffectWords } from "../audit/effect-words.tsx";
import { ANSWER_WORDS } from "../audit/request-words.ts";
import { statusWord } from "../audit/status-word.ts";
import { type AuditRow, auditRows } from "./audit-rows.ts";

/** Every operator's wish, the refused ones too, and every signal. */
export function AuditTab({ state }: { readonly state: InstanceState }) {
	const rows = auditRows(state.snapshot);
	if (rows.length === 0) {
		return (
			<p className="p-6 text-ink-muted text-sm">
				Nobody has paused, cancelled or retried anything of this instance, sent it a signal, or been shown what is
				hidden in it.
			</p>
		);
	}
	const columns = [...ASKED, effectColumn(state), STATUS];
	return <DataTable label="Audit" inTab columns={columns} rows={rows} rowKey={({ id }) => id} />;
}

const ASKED: readonly Column<AuditRow>[] = [
	{
		head: "Asked",
		inCard: "aside",
		className: "text-ink-muted",
		cell: ({ at }) => <Timestamp at={at} />,
	},
	{ head: "Request", inCard: "name", className: "font-medium", cell: (row) => <What row={row} /> },
	{ head: "By", cell: (row) => visibleText(row.kind === "signal" ? row.signal.by : row.request.by) },
	{
		head: "Reason",
		inCard: "line",
		className: "max-w-110 wrap-anywhere",
		cell: (row) => (row.kind === "signal" ? null : <Reason reason={row.request.reason} />),
	},
	{ head: "Answer", cell: (row) => (row.kind === "signal" ? "Stored" : <Answer {...row.request} />) },
];

const effectColumn = ({ snapshot }: InstanceState): Column<AuditRow> => ({
	head: "Took effect",
	className: "text-ink-muted",
	cell: (row) =>
		row.kind === "signal" ? <TakenBy {...row.signal} /> : <EffectWords effect={effectOf(row.request, snapshot)} />,
});

const STATUS: Column<AuditRow> = {
	head: "Status",
	className: "whitespace-nowrap text-ink-muted",
	cell: (row) =>
		row.kind === "signal" ? null : `${statusWord(row.request.before)} → ${statusWord(row.request.after)}`,
};

function What({ row }: { readonly row: AuditRow }) {
	if (row.kind === "request") return <AskedFor request={row.request} />;
	return (
		<>
			Signal
			<span className="wrap-anywhere block font-mono font-normal text-ink-muted text-xs">
				{visibleText(row.signal.name)}
			</span>
		</>
	);
}

function Reason({ reason }: { readonly reason: string | null }) {
	return reason === null ? <span className="text-ink-faint">none given</span> : visibleText(reason);
}

function Answer({ result, because }: Extract<AuditRow, { kind: "request" }>["request"]) {
	return (
		<>
			{ANSWER_WORDS[result]}
			{because === null ? null : <span className="block text-ink-muted text-xs">{visibleText(because)}</span>}
		</>
	);
}

/** A signal has its effect when a wait takes it; one that is kept for a wait is taken once that goes on. */
function TakenBy({ consumedBy, reservedFor }: Extract<AuditRow, { kind: "signal" }>["signal"]) {
	const wait = consumedBy ?? reservedFor;
	if (wait === null) return "Not yet: nothing waits for it";
	return (
		<span>
			{consumedBy === null ? "Not yet: kept for " : "Taken by "}
			<span className="wrap-anywhere font-mono text-xs">{visibleText(wait)}</span>
		</span>
	);
}
