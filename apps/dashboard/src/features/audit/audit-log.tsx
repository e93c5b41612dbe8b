"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import type { ControlKind } from "@waymark/engine/backend";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { type FormEvent, useState } from "react";
import { getJson } from "../../api/fetch-json.ts";
import type { Initial } from "../../api/use-live-query.ts";
import { Awaited } from "../../components/awaited.tsx";
import { Button } from "../../components/button.tsx";
import { type Column, DataTable, NoRows } from "../../components/data-table.tsx";
import { INPUT_CLASS } from "../../components/field.tsx";
import { InstanceLink } from "../../components/instance-link.tsx";
import { StaleNote } from "../../components/stale-note.tsx";
import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import type { AuditEntry, AuditPage } from "../../server/wire.ts";
import { Page, PageHeader } from "../frame/page-header.tsx";
import { AskedFor } from "./asked-for.tsx";
import { EffectWords } from "./effect-words.tsx";
import { ANSWER_WORDS, REQUEST_WORDS } from "./request-words.ts";
import { statusWord } from "./status-word.ts";

const KINDS = ["pause", "unpause", "cancel", "retry", "retryNow", "reveal"] as const satisfies readonly ControlKind[];
const RESULTS = ["applied", "unchanged", "refused"] as const;
const FILTERS = {
	kind: parseAsStringLiteral(KINDS),
	result: parseAsStringLiteral(RESULTS),
	by: parseAsString,
	instance: parseAsString,
};
const POLL_MS = 5_000;

/** Who asked for what, when and why, and what came of it. Of all instances, newest first. */
export function AuditLog({ initial }: { readonly initial: Initial<AuditPage> | null }) {
	const [filters, setFilters] = useQueryStates(FILTERS, { history: "push" });
	const key = pathOf(filters, null);
	const query = useInfiniteQuery({
		queryKey: ["audit", key],
		queryFn: ({ pageParam, signal }) => getJson<AuditPage>(pathOf(filters, pageParam), signal),
		initialPageParam: null as string | null,
		getNextPageParam: (last) => last.nextCursor,
		refetchInterval: POLL_MS,
		...(initial?.path === key ? { initialData: { pages: [initial.data], pageParams: [null] } } : {}),
	});
	const requests = query.data?.pages.flatMap((page) => page.requests) ?? [];
	const filtered = Object.values(filters).some((value) => value !== null);
	return (
		<Page>
			<PageHeader
				title="Audit"
				note="what was asked of instances, refused or not, and who was shown what is hidden; signals stand in the audit of each"
			>
				<StaleNote failing={query.isError} updatedAt={query.dataUpdatedAt} />
			</PageHeader>
			<div className="mb-4 flex flex-wrap items-end gap-2 max-sm:grid max-sm:grid-cols-2">
				<Choice
					label="Request"
					value={filters.kind}
					words={REQUEST_WORDS}
					onChange={(kind) => void setFilters({ kind })}
				/>
				<Choice
					label="Result"
					value={filters.result}
					words={ANSWER_WORDS}
					onChange={(result) => void setFilters({ result })}
				/>
				<TextFilter label="By" value={filters.by} onChange={(by) => void setFilters({ by })} />
				<TextFilter
					label="Instance id"
					value={filters.instance}
					onChange={(instance) => void setFilters({ instance })}
				/>
				{filtered ? (
					<Button
						variant="ghost"
						onClick={() => void setFilters({ kind: null, result: null, by: null, instance: null })}
					>
						Clear filters
					</Button>
				) : null}
			</div>
			{query.data === undefined ? (
				<Awaited what="The audit" error={query.error} onRetry={() => void query.refetch()} />
			) : requests.length === 0 && !query.hasNextPage ? (
				<NoRows>{filtered ? "No request meets all of these." : "Nobody has asked for anything yet."}</NoRows>
			) : (
				<DataTable label="Requests" columns={COLUMNS} rows={requests} rowKey={({ requestId }) => requestId} />
			)}
			{query.hasNextPage ? (
				<div className="mt-4 flex justify-center">
					<Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
						Load more
					</Button>
				</div>
			) : null}
		</Page>
	);
}

const COLUMNS: readonly Column<AuditEntry>[] = [
	{ head: "When", inCard: "aside", cell: ({ requestedAt }) => <Timestamp at={requestedAt} /> },
	{ head: "Who", className: "whitespace-nowrap", cell: ({ by }) => visibleText(by) },
	{ head: "Request", inCard: "name", className: "font-medium", cell: (request) => <AskedFor request={request} /> },
	{ head: "Instance", cell: ({ instanceId, path }) => <InstanceLink id={instanceId} node={path} /> },
	{ head: "Workflow", cell: ({ workflow }) => visibleText(workflow) },
	{
		head: "Result",
		cell: ({ result, because }) => (
			<span className={result === "refused" ? "text-danger-ink" : ""}>
				{ANSWER_WORDS[result]}
				{because === null ? null : <span className="block text-ink-muted text-xs">{visibleText(because)}</span>}
			</span>
		),
	},
	{
		head: "Took effect",
		className: "text-ink-muted",
		cell: ({ effect }) => <EffectWords effect={effect} />,
	},
	{
		head: "Before → after",
		className: "min-w-28 text-ink-muted text-xs",
		cell: ({ before, after }) => `${statusWord(before)} → ${statusWord(after)}`,
	},
	{
		head: "Why",
		inCard: "line",
		className: "min-w-40 max-w-100 wrap-anywhere text-ink-muted",
		cell: ({ reason }) => (reason === null ? null : visibleText(reason)),
	},
];

interface ChoiceProps<T extends string> {
	readonly label: string;
	readonly value: T | null;
	readonly words: Readonly<Record<T, string>>;
	onChange(value: T | null): void;
}

function Choice<T extends string>({ label, value, words, onChange }: ChoiceProps<T>) {
	return (
		<label className="flex flex-col gap-1 text-ink-muted text-xs">
			{label}
			<select
				value={value ?? ""}
				onChange={(event) => onChange(event.target.value === "" ? null : (event.target.value as T))}
				className={`${INPUT_CLASS} h-8 w-full sm:w-36`}
			>
				<option value="">any</option>
				{(Object.entries(words) as [T, string][]).map(([option, word]) => (
					<option key={option} value={option}>
						{word}
					</option>
				))}
			</select>
		</label>
	);
}

interface TextFilterProps {
	readonly label: string;
	readonly value: string | null;
	onChange(value: string | null): void;
}

/** Applied with Enter, so that not every letter is a question to the database. */
function TextFilter({ label, value, onChange }: TextFilterProps) {
	const [text, setText] = useState(value ?? "");
	const submit = (event: FormEvent) => {
		event.preventDefault();
		onChange(text.trim() === "" ? null : text.trim());
	};
	return (
		<form onSubmit={submit}>
			<label className="flex flex-col gap-1 text-ink-muted text-xs">
				{label}
				<input
					value={text}
					onChange={(event) => setText(event.target.value)}
					onBlur={submit}
					maxLength={200}
					autoComplete="off"
					spellCheck={false}
					className={`${INPUT_CLASS} h-8 w-full sm:w-44`}
				/>
			</label>
		</form>
	);
}

function pathOf(filters: Readonly<Record<keyof typeof FILTERS, string | null>>, cursor: string | null): string {
	const params = new URLSearchParams();
	for (const [name, value] of Object.entries({ ...filters, cursor })) if (value !== null) params.set(name, value);
	const query = params.toString();
	return query === "" ? "/api/audit" : `/api/audit?${query}`;
}
