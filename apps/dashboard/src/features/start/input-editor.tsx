"use client";

import { useId } from "react";
import { Button } from "../../components/button.tsx";
import { Field, INPUT_CLASS } from "../../components/field.tsx";
import { jsonProblem } from "../instance/json-problem.ts";
import type { SchemaField } from "./schema-fields.ts";
import { SchemaForm } from "./schema-form.tsx";

export type InputDraft =
	| { readonly kind: "form"; readonly value: Readonly<Record<string, unknown>> }
	| { readonly kind: "json"; readonly text: string };

type ReadDraft =
	| { readonly kind: "value"; readonly value: unknown }
	| { readonly kind: "problem"; readonly problem: string };

/** What the draft means as an input. Nothing at all is null. */
export function readDraft(draft: InputDraft): ReadDraft {
	if (draft.kind === "form") return { kind: "value", value: draft.value };
	if (draft.text.trim() === "") return { kind: "value", value: null };
	const problem = jsonProblem(draft.text);
	return problem === null ? { kind: "value", value: JSON.parse(draft.text) } : { kind: "problem", problem };
}

interface InputEditorProps {
	/** Null: there is no form, only JSON. */
	readonly fields: readonly SchemaField[] | null;
	readonly draft: InputDraft;
	onDraft(draft: InputDraft): void;
	readonly problems: ReadonlyMap<string, string>;
	readonly problem: string | null;
}

/** The same input as form or as JSON; going from one to the other takes along what was written. */
export function InputEditor({ fields, draft, onDraft, problems, problem }: InputEditorProps) {
	const id = useId();
	const read = readDraft(draft);
	const asForm =
		read.kind === "value" && typeof read.value === "object" && read.value !== null && !Array.isArray(read.value)
			? (read.value as Readonly<Record<string, unknown>>)
			: null;
	return (
		<div className="flex flex-col gap-3">
			<div className="flex items-center justify-between gap-2">
				<h2 className="font-semibold text-sm">Input</h2>
				{fields === null ? null : (
					<span className="inline-flex gap-1">
						<Button
							size="sm"
							variant="ghost"
							aria-pressed={draft.kind === "form"}
							className="aria-pressed:bg-pressed aria-pressed:text-ink"
							unavailable={asForm === null ? "What is written is not a JSON object" : null}
							onClick={() => {
								if (asForm !== null) onDraft({ kind: "form", value: asForm });
							}}
						>
							Form
						</Button>
						<Button
							size="sm"
							variant="ghost"
							aria-pressed={draft.kind === "json"}
							className="aria-pressed:bg-pressed aria-pressed:text-ink"
							onClick={() => {
								if (draft.kind === "form") onDraft({ kind: "json", text: JSON.stringify(draft.value, null, 2) });
							}}
						>
							JSON
						</Button>
					</span>
				)}
			</div>
			{draft.kind === "form" && fields !== null ? (
				<SchemaForm
					fields={fields}
					value={draft.value}
					problems={problems}
					onValue={(value) => onDraft({ kind: "form", value })}
				/>
			) : (
				<Field
					id={id}
					label="JSON"
					hint={fields === null ? "This workflow says nothing of its input. Empty sends null." : "Empty sends null."}
					error={problem ?? firstOf(problems)}
				>
					<textarea
						id={id}
						aria-describedby={`${id}-note`}
						aria-invalid={problem !== null || problems.size > 0}
						rows={12}
						spellCheck={false}
						value={draft.kind === "json" ? draft.text : JSON.stringify(draft.value, null, 2)}
						onChange={(event) => onDraft({ kind: "json", text: event.target.value })}
						className={`${INPUT_CLASS} font-mono text-xs`}
					/>
				</Field>
			)}
		</div>
	);
}

function firstOf(problems: ReadonlyMap<string, string>): string | null {
	const [first] = problems;
	return first === undefined ? null : `${first[0]}: ${first[1]}`;
}
