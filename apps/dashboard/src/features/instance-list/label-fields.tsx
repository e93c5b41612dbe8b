import { Plus } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "../../components/button.tsx";
import { INPUT_CLASS } from "../../components/field.tsx";
import { visibleText } from "../../components/visible-text.ts";

/** As many does the server take. */
const MOST = 8;
const NAME = "label";

interface LabelFieldsProps {
	readonly labels: readonly string[];
	readonly problem: string | null;
}

/** Labels as `key=value`; an instance must have all of them. */
export function LabelFields({ labels, problem }: LabelFieldsProps) {
	const [fields, setFields] = useState(Math.max(1, labels.length));
	const group = useId();
	return (
		<fieldset className="flex flex-col gap-1">
			<legend className="mb-1 text-ink-muted text-xs">Labels{fields > 1 ? " (all of them)" : ""}</legend>
			{Array.from({ length: fields }, (_, at) => (
				<input
					// biome-ignore lint/suspicious/noArrayIndexKey: the fields do not move
					key={`${group}${at}`}
					name={NAME}
					aria-label={at === 0 ? "Label" : `Label ${at + 1}`}
					defaultValue={labels[at] ?? ""}
					placeholder="tenant=acme"
					pattern="[^=]+=.*"
					title="key=value"
					maxLength={401}
					autoComplete="off"
					spellCheck={false}
					// biome-ignore lint/a11y/noAutofocus: a label that was just asked for is what one types next
					autoFocus={at >= Math.max(1, labels.length)}
					aria-invalid={problem !== null || undefined}
					aria-describedby={problem === null ? undefined : group}
					className={`${INPUT_CLASS} font-mono text-xs`}
				/>
			))}
			{problem === null ? null : (
				<p id={group} role="alert" className="text-danger-ink text-xs">
					{problem}
				</p>
			)}
			{fields < MOST ? (
				<span>
					<Button size="sm" variant="ghost" icon={<Plus aria-hidden size={13} />} onClick={() => setFields(fields + 1)}>
						Add a label
					</Button>
				</span>
			) : null}
		</fieldset>
	);
}

export function labelsOf(form: FormData): string[] {
	const given = form.getAll(NAME).flatMap((value) => (typeof value === "string" ? [value.trim()] : []));
	return [...new Set(given.filter((label) => label !== ""))];
}

/** What is wrong with them taken together; null: nothing. */
export function labelProblem(labels: readonly string[]): string | null {
	const keys = labels.map((label) => label.slice(0, label.indexOf("=")));
	const twice = keys.find((key, at) => keys.indexOf(key) !== at);
	return twice === undefined ? null : `No instance has two values of “${visibleText(twice)}”. Ask for one of them.`;
}
