"use client";

import { type KeyboardEvent, useCallback, useEffect, useId, useRef, useState } from "react";
import { getJson, instancePath, RequestError } from "../../api/fetch-json.ts";
import { Button } from "../../components/button.tsx";
import { Field, INPUT_CLASS } from "../../components/field.tsx";
import { visibleText } from "../../components/visible-text.ts";
import type { ValueResponse } from "../../server/wire.ts";

interface CopyInputProps {
	/** Copied at once; null: only when asked. */
	readonly initial: string | null;
	onInput(input: unknown): void;
}

/** Begins with the input of another instance. */
export function CopyInput({ initial, onInput }: CopyInputProps) {
	const [from, setFrom] = useState(initial ?? "");
	const [told, setTold] = useState<{ readonly text: string; readonly isProblem: boolean } | null>(null);
	const id = useId();
	const take = useRef(onInput);
	take.current = onInput;
	const copy = useCallback(async (instanceId: string) => {
		if (instanceId === "") return;
		try {
			const { input, leftOut } = await inputOf(instanceId);
			take.current(input);
			setTold({ text: `The input of ${instanceId} is below${leftOutWords(leftOut)}`, isProblem: false });
		} catch (error) {
			setTold({ text: error instanceof Error ? error.message : "It could not be read.", isProblem: true });
		}
	}, []);
	useEffect(() => {
		if (initial !== null) void copy(initial);
	}, [initial, copy]);
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.key !== "Enter") return;
		// Enter here means this button, not the form's.
		event.preventDefault();
		void copy(from);
	};
	return (
		<Field
			id={id}
			label="Copy input from"
			hint={told?.isProblem === false ? told.text : "Optional. The id of another instance."}
			error={told?.isProblem === true ? told.text : null}
		>
			<div className="flex gap-2">
				<input
					id={id}
					aria-describedby={`${id}-note`}
					autoComplete="off"
					spellCheck={false}
					value={from}
					onChange={(event) => setFrom(event.target.value.trim())}
					onKeyDown={onKeyDown}
					className={`${INPUT_CLASS} min-w-0 flex-1 font-mono`}
				/>
				<Button onClick={() => void copy(from)}>Copy</Button>
			</div>
		</Field>
	);
}

/** What is hidden by policy is not copied: somebody writes it once more, where the form or the workflow wants it. */
function leftOutWords(keys: readonly string[]): string {
	if (keys.length === 0) return ".";
	const named = keys.slice(0, 5).map((key) => visibleText(key).slice(0, 40));
	const more = keys.length > named.length ? ", …" : "";
	return `, without what is hidden by policy: write ${named.join(", ")}${more} yourself.`;
}

interface Copied {
	readonly input: unknown;
	readonly leftOut: readonly string[];
}

async function inputOf(instanceId: string): Promise<Copied> {
	const path = instancePath(instanceId, "/value?ref=~input&full=1&omit=1");
	const value = await getJson<ValueResponse>(path).catch((error: unknown) => {
		throw error instanceof RequestError ? new Error(error.message) : error;
	});
	if (value.encoding !== "text") throw new Error("That input is not JSON, so it cannot be copied into a form.");
	if (value.truncated) throw new Error("That input is larger than an instance can be started with here.");
	return { input: JSON.parse(value.text), leftOut: value.hiddenKeys };
}
