"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useId, useMemo, useState } from "react";
import { postJson, RequestError } from "../../api/fetch-json.ts";
import { Breadcrumb } from "../../components/breadcrumb.tsx";
import { Button } from "../../components/button.tsx";
import { Field, INPUT_CLASS } from "../../components/field.tsx";
import { middleTruncate } from "../../components/middle-truncate.tsx";
import { visibleText } from "../../components/visible-text.ts";
import type { StartBody, StartForm } from "../../server/wire.ts";
import { AccessChips } from "../access/access-chips.tsx";
import { useDenial } from "../access/access-provider.tsx";
import { CopyInput } from "./copy-input.tsx";
import { IdField } from "./id-field.tsx";
import { type InputDraft, InputEditor, readDraft } from "./input-editor.tsx";
import { inputProblems } from "./input-problems.ts";
import { newInstanceId } from "./instance-id.ts";
import { readLabels } from "./labels.ts";
import { initialInput, schemaFields } from "./schema-fields.ts";

interface StartPageProps {
	readonly form: StartForm;
	/** Instance whose input it begins with. */
	readonly copyOf: string | null;
}

/** Starts an instance: by a form where the workflow says what it wants, by JSON elsewhere. */
export function StartPage({ form, copyOf }: StartPageProps) {
	const { workflow, description, inputSchema } = form;
	const router = useRouter();
	const denial = useDenial("start");
	const fields = useMemo(() => (inputSchema === null ? null : schemaFields(inputSchema)), [inputSchema]);
	const [id, setId] = useState("");
	// A random id that the server had drawn would not be the browser's.
	useEffect(() => setId(newInstanceId(workflow, new Date(), crypto.getRandomValues(new Uint8Array(4)))), [workflow]);
	const [draft, setDraft] = useState<InputDraft>(() =>
		fields === null ? { kind: "json", text: "{}" } : { kind: "form", value: initialInput(fields) },
	);
	const [labels, setLabels] = useState("");
	const [isShown, setShown] = useState(false);
	const [isBusy, setBusy] = useState(false);
	const [refusal, setRefusal] = useState<RequestError | null>(null);
	const read = readDraft(draft);
	const problems = useMemo(
		() => (read.kind === "value" ? inputProblems(inputSchema, read.value) : new Map<string, string>()),
		[read, inputSchema],
	);
	const readLabelsNow = readLabels(labels);
	const labelsId = useId();

	const start = async (event: FormEvent) => {
		event.preventDefault();
		setShown(true);
		if (denial !== null) return;
		if (read.kind === "problem" || problems.size > 0 || readLabelsNow.kind === "problem" || id === "" || isBusy) return;
		setBusy(true);
		setRefusal(null);
		const body: StartBody = { workflow, instanceId: id, input: read.value, labels: readLabelsNow.labels };
		try {
			await postJson("/api/instances", body);
			router.push(`/instances/${encodeURIComponent(id)}`);
		} catch (error) {
			if (!(error instanceof RequestError)) throw error;
			setRefusal(error);
			setBusy(false);
		}
	};

	return (
		<div className="mx-auto flex w-full max-w-180 flex-col gap-6 px-4 py-8 sm:px-6">
			<div>
				<div className="mb-3 flex items-center justify-between gap-3">
					<Breadcrumb
						crumbs={[
							{ label: "Workflows", href: "/workflows" },
							{
								label: middleTruncate(visibleText(workflow), 40),
								href: `/workflows/${encodeURIComponent(workflow)}`,
							},
							{ label: "Start", href: null },
						]}
					/>
					<AccessChips />
				</div>
				<h1 className="break-words font-semibold text-xl">Start {visibleText(workflow)}</h1>
				{description === null ? null : <p className="mt-1 text-ink-muted text-sm">{visibleText(description)}</p>}
			</div>
			<form onSubmit={(event) => void start(event)} noValidate className="flex flex-col gap-6">
				<IdField
					value={id}
					onValue={setId}
					onNew={() => setId(newInstanceId(workflow, new Date(), crypto.getRandomValues(new Uint8Array(4))))}
				/>
				<section aria-label="Input" className="flex flex-col gap-3 rounded-card border border-line p-4">
					<CopyInput
						initial={copyOf}
						onInput={(input) =>
							setDraft(
								fields !== null && typeof input === "object" && input !== null && !Array.isArray(input)
									? { kind: "form", value: input as Readonly<Record<string, unknown>> }
									: { kind: "json", text: JSON.stringify(input, null, 2) },
							)
						}
					/>
					<InputEditor
						fields={fields}
						draft={draft}
						onDraft={setDraft}
						problems={isShown ? problems : new Map()}
						problem={isShown && read.kind === "problem" ? read.problem : null}
					/>
				</section>
				<Field
					id={labelsId}
					label="Labels"
					hint="Optional. One name=value a line; the list can be searched by them."
					error={readLabelsNow.kind === "problem" ? readLabelsNow.problem : null}
				>
					<textarea
						id={labelsId}
						aria-describedby={`${labelsId}-note`}
						rows={2}
						spellCheck={false}
						value={labels}
						onChange={(event) => setLabels(event.target.value)}
						className={`${INPUT_CLASS} font-mono text-xs`}
					/>
				</Field>
				{refusal === null ? null : (
					<p
						role="alert"
						className="rounded-card border border-danger-line bg-danger-soft px-3 py-2 text-danger-ink text-sm"
					>
						{refusal.message}{" "}
						{refusal.code === "InstanceExists" ? (
							<Link href={`/instances/${encodeURIComponent(id)}`} className="underline">
								Open it
							</Link>
						) : null}
					</p>
				)}
				<div className="flex items-center gap-3">
					<Button type="submit" variant="primary" busy={isBusy} unavailable={denial}>
						{isBusy ? "Starting…" : "Start instance"}
					</Button>
					{denial === null ? null : <span className="text-ink-muted text-sm">{denial}</span>}
					{denial === null && isShown && (problems.size > 0 || read.kind === "problem") ? (
						<span role="status" className="text-danger-ink text-sm">
							The input is not complete yet.
						</span>
					) : null}
				</div>
			</form>
		</div>
	);
}
