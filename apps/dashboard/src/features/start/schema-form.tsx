"use client";

import { useId, useState } from "react";
import { Field, INPUT_CLASS } from "../../components/field.tsx";
import { visibleText } from "../../components/visible-text.ts";
import { isExact } from "../../json/inexact-number.ts";
import { jsonProblem } from "../instance/json-problem.ts";
import type { SchemaField } from "./schema-fields.ts";

type Value = Readonly<Record<string, unknown>>;

interface SchemaFormProps {
	readonly fields: readonly SchemaField[];
	readonly value: Value;
	/** By the place of the value, `#/to/city`. */
	readonly problems: ReadonlyMap<string, string>;
	/** Where this form stands. */
	readonly place?: string;
	onValue(value: Value): void;
}

/** A form made of the workflow's input schema. */
export function SchemaForm({ fields, value, problems, place = "#", onValue }: SchemaFormProps) {
	return fields.map((field) => {
		const at = `${place}/${field.name}`;
		const set = (next: unknown) => {
			const { [field.name]: _, ...rest } = value;
			onValue(next === undefined ? rest : { ...value, [field.name]: next });
		};
		if (field.kind === "group") {
			const inner = value[field.name];
			return (
				<fieldset key={field.name} className="flex flex-col gap-3 rounded-card border border-line p-3">
					<legend className="px-1 font-medium text-sm">
						<Label field={field} />
					</legend>
					{field.hint === null ? null : <p className="text-ink-muted text-xs">{visibleText(field.hint)}</p>}
					<SchemaForm
						fields={field.fields}
						value={typeof inner === "object" && inner !== null ? (inner as Value) : {}}
						problems={problems}
						place={at}
						onValue={set}
					/>
				</fieldset>
			);
		}
		return (
			<Question
				key={field.name}
				field={field}
				value={value[field.name]}
				problem={problems.get(at) ?? null}
				onValue={set}
			/>
		);
	});
}

function Label({ field }: { readonly field: SchemaField }) {
	return (
		<>
			{visibleText(field.label)}
			{field.isRequired ? null : <span className="ml-1.5 font-normal text-ink-faint">optional</span>}
		</>
	);
}

interface QuestionProps {
	readonly field: Exclude<SchemaField, { kind: "group" }>;
	readonly value: unknown;
	readonly problem: string | null;
	/** Undefined: not given. */
	onValue(value: unknown): void;
}

function Question({ field, value, problem, onValue }: QuestionProps) {
	const id = useId();
	const [text, setText] = useState(() => textOf(field, value));
	// What is typed is kept as it is typed; the value is what it means.
	const [meant, setMeant] = useState(value);
	if (value !== meant) {
		setMeant(value);
		setText(textOf(field, value));
	}
	const [unreadable, setUnreadable] = useState<string | null>(null);
	const type = (next: string) => {
		const read = readText(field, next);
		setText(next);
		setUnreadable(read.problem);
		setMeant(read.value);
		onValue(read.value);
	};
	const shared = {
		id,
		"aria-describedby": `${id}-note`,
		"aria-invalid": problem !== null || unreadable !== null,
		"aria-required": field.isRequired,
		className: INPUT_CLASS,
	};
	return (
		<Field
			id={id}
			label={<Label field={field} />}
			hint={field.hint === null ? "" : visibleText(field.hint)}
			error={unreadable ?? problem}
		>
			{field.kind === "yes_no" ? (
				<select
					{...shared}
					value={value === undefined ? "" : String(value)}
					onChange={({ target }) => type(target.value)}
				>
					{field.isRequired ? null : <option value="">not given</option>}
					<option value="true">Yes</option>
					<option value="false">No</option>
				</select>
			) : field.kind === "choice" ? (
				<select
					{...shared}
					value={value === undefined ? "" : JSON.stringify(value)}
					onChange={({ target }) => type(target.value)}
				>
					<option value="">{field.isRequired ? "Choose…" : "not given"}</option>
					{field.options.map((option) => (
						<option key={JSON.stringify(option)} value={JSON.stringify(option)}>
							{visibleText(String(option))}
						</option>
					))}
				</select>
			) : field.kind === "json" || (field.kind === "text" && field.isLong) ? (
				<textarea
					{...shared}
					rows={3}
					spellCheck={false}
					value={text}
					onChange={({ target }) => type(target.value)}
					className={`${INPUT_CLASS} ${field.kind === "json" ? "font-mono text-xs" : ""}`}
				/>
			) : (
				<input
					{...shared}
					inputMode={field.kind === "number" ? "decimal" : "text"}
					autoComplete="off"
					value={text}
					onChange={({ target }) => type(target.value)}
				/>
			)}
		</Field>
	);
}

/** A text in its place would not be what the schema asks for. */
const TOO_MANY_DIGITS = "That has more digits than a number can hold, and would be changed.";

function textOf(field: QuestionProps["field"], value: unknown): string {
	if (value === undefined) return "";
	return field.kind === "json" ? JSON.stringify(value, null, 2) : String(value);
}

function readText(
	field: QuestionProps["field"],
	text: string,
): { readonly value: unknown; readonly problem: string | null } {
	const trimmed = text.trim();
	switch (field.kind) {
		case "text":
			// An empty text is a text where one must be given, and none where it need not.
			return { value: text === "" && !field.isRequired ? undefined : text, problem: null };
		case "number": {
			if (trimmed === "") return { value: undefined, problem: null };
			const number = Number(trimmed);
			if (!Number.isFinite(number)) return { value: undefined, problem: "That is no number." };
			if (isExact(trimmed)) return { value: number, problem: null };
			return { value: undefined, problem: TOO_MANY_DIGITS };
		}
		case "yes_no":
		case "choice":
			return { value: trimmed === "" ? undefined : JSON.parse(text), problem: null };
		case "json": {
			if (trimmed === "") return { value: undefined, problem: null };
			const problem = jsonProblem(text);
			return { value: problem === null ? JSON.parse(text) : undefined, problem };
		}
	}
}
