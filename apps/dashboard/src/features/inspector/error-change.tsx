"use client";

import type { RecordedError } from "@waymark/engine/backend";
import { useState } from "react";
import { visibleText } from "../../components/visible-text.ts";
import { type DiffLine, errorDiff, isSameError } from "./error-diff.ts";

interface ErrorChangeProps {
	readonly now: RecordedError;
	/** Of the attempt before it that had one. */
	readonly before: RecordedError | null | undefined;
}

const SIGN: Readonly<Record<DiffLine["kind"], string>> = { same: " ", gone: "−", new: "+" };
const LOOK: Readonly<Record<DiffLine["kind"], string>> = {
	same: "text-ink-muted",
	gone: "bg-danger-soft text-danger-ink",
	new: "bg-(--status-completed-soft) text-(--status-completed-text)",
};

/** Whether an attempt failed like the one before it, and what was different if not. */
export function ErrorChange({ now, before }: ErrorChangeProps) {
	const [isOpen, setOpen] = useState(false);
	if (before === null || before === undefined) return null;
	if (isSameError(before, now)) return <p className="text-ink-muted text-xs">The same error as before.</p>;
	return (
		<div>
			<button
				type="button"
				aria-expanded={isOpen}
				onClick={() => setOpen(!isOpen)}
				className="h-6 rounded-control text-link text-xs hover:underline"
			>
				{isOpen ? "Hide the difference" : "Difference to the error before"}
			</button>
			{isOpen ? (
				<pre className="mt-1 max-h-72 overflow-auto rounded-control border border-line py-1 font-mono text-xs leading-[18px]">
					{errorDiff(before, now).map(({ kind, text }, at) => (
						// biome-ignore lint/suspicious/noArrayIndexKey: a difference never changes
						<div key={at} className={`px-2 ${LOOK[kind]}`}>
							<span className="mr-2 select-none">{SIGN[kind]}</span>
							{visibleText(text)}
						</div>
					))}
				</pre>
			) : null}
		</div>
	);
}
