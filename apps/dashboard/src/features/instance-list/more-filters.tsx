"use client";

import { type FormEvent, type ReactNode, useId, useState } from "react";
import { Button } from "../../components/button.tsx";
import { INPUT_CLASS } from "../../components/field.tsx";
import { Popover } from "../../components/popover.tsx";
import { useSettings } from "../../settings/settings.ts";
import { serverNow } from "../../time/ticker.ts";
import { fromWallTime, wallTime } from "../../time/wall-time.ts";
import { LabelFields, labelProblem, labelsOf } from "./label-fields.tsx";
import type { ListFilters } from "./list-filters.ts";

interface MoreFiltersProps {
	readonly filters: ListFilters;
	onChange(filters: Partial<ListFilters>): void;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SPANS = [
	{ word: "1 hour", ms: HOUR },
	{ word: "24 hours", ms: 24 * HOUR },
	{ word: "7 days", ms: 168 * HOUR },
];
const DURATIONS = [
	{ word: "any", ms: "" },
	{ word: "1 minute or more", ms: MINUTE },
	{ word: "10 minutes or more", ms: 10 * MINUTE },
	{ word: "1 hour or more", ms: HOUR },
	{ word: "1 day or more", ms: 24 * HOUR },
	{ word: "7 days or more", ms: 168 * HOUR },
];

/** Everything that is asked for less often. Applied together. */
export function MoreFilters({ filters, onChange }: MoreFiltersProps) {
	const { timeZone } = useSettings();
	const zone = timeZone === "local" ? undefined : timeZone;
	const [problem, setProblem] = useState<string | null>(null);
	const { from, to, duration, retries, signal, label, error } = filters;
	const active = [from, to, duration, retries, signal, error].some((value) => value !== null) || label.length > 0;
	const apply = (event: FormEvent<HTMLFormElement>) => {
		event.preventDefault();
		const form = new FormData(event.currentTarget);
		const problem = labelProblem(labelsOf(form));
		setProblem(problem);
		if (problem !== null) return;
		onChange(filtersOf(form, zone));
		event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
	};
	const clock = (at: number | null) => (at === null ? "" : wallTime(at, zone));
	return (
		<Popover label="More filters" name="More filters" active={active}>
			{/* The key: what stands in the form follows the address, also when it is changed from elsewhere. */}
			<form key={JSON.stringify(filters)} onSubmit={apply} className="flex w-80 max-w-full flex-col gap-3 p-3">
				<Line label={`Started from${timeZone === "local" ? "" : ` (${timeZone})`}`}>
					{(id) => (
						<input id={id} name="from" type="datetime-local" defaultValue={clock(from)} className={INPUT_CLASS} />
					)}
				</Line>
				<Line label="Started before">
					{(id) => <input id={id} name="to" type="datetime-local" defaultValue={clock(to)} className={INPUT_CLASS} />}
				</Line>
				<div className="flex flex-wrap gap-1.5">
					{SPANS.map(({ word, ms }) => (
						<Button key={word} size="sm" onClick={() => onChange({ from: serverNow() - ms, to: null })}>
							Last {word}
						</Button>
					))}
				</div>
				<Line label="Duration">
					{(id) => (
						<select id={id} name="duration" defaultValue={duration ?? ""} className={INPUT_CLASS}>
							{DURATIONS.map(({ word, ms }) => (
								<option key={word} value={ms}>
									{word}
								</option>
							))}
						</select>
					)}
				</Line>
				<Line label="Retries">
					{(id) => (
						<select id={id} name="retries" defaultValue={retries ?? ""} className={INPUT_CLASS}>
							<option value="">any</option>
							<option value="now">retrying now</option>
							<option value="ever">had failed attempts</option>
						</select>
					)}
				</Line>
				<Line label="Awaits signal">
					{(id) => <Text id={id} name="signal" value={signal} hint="manager_approval" />}
				</Line>
				<LabelFields labels={label} problem={problem} />
				<Line label="Error holds">{(id) => <Text id={id} name="error" value={error} hint="timed out" />}</Line>
				<Button type="submit" variant="primary">
					Apply
				</Button>
			</form>
		</Popover>
	);
}

function filtersOf(form: FormData, zone: string | undefined): Partial<ListFilters> {
	const text = (name: string) => {
		const value = form.get(name);
		return typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, 200) : null;
	};
	const duration = text("duration");
	const retries = text("retries");
	return {
		from: fromWallTime(text("from") ?? "", zone),
		to: fromWallTime(text("to") ?? "", zone),
		duration: duration === null ? null : Number(duration),
		retries: retries === "now" || retries === "ever" ? retries : null,
		signal: text("signal"),
		label: labelsOf(form),
		error: text("error"),
	};
}

function Line({ label, children }: { readonly label: string; readonly children: (id: string) => ReactNode }) {
	const id = useId();
	return (
		<div className="flex flex-col gap-1">
			<label htmlFor={id} className="text-ink-muted text-xs">
				{label}
			</label>
			{children(id)}
		</div>
	);
}

interface TextProps {
	readonly id: string;
	readonly name: string;
	readonly value: string | null;
	readonly hint: string;
}

function Text({ id, name, value, hint }: TextProps) {
	return (
		<input
			id={id}
			name={name}
			defaultValue={value ?? ""}
			placeholder={hint}
			maxLength={200}
			autoComplete="off"
			spellCheck={false}
			className={`${INPUT_CLASS} font-mono text-xs`}
		/>
	);
}
