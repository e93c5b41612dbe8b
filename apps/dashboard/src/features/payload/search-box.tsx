"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import type { KeyboardEvent } from "react";
import { IconToggle } from "./icon-toggle.tsx";

interface SearchBoxProps {
	readonly text: string;
	/** Null: nothing is searched for. */
	readonly count: number | null;
	/** Which of them is looked at, from 0. */
	readonly at: number;
	onText(text: string): void;
	onStep(step: 1 | -1): void;
	onClose(): void;
}

/** Enter goes to the next, with Shift to the one before, Escape closes. */
export function SearchBox({ text, count, at, onText, onStep, onClose }: SearchBoxProps) {
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.key === "Enter") onStep(event.shiftKey ? -1 : 1);
		else if (event.key === "Escape") onClose();
		else return;
		event.preventDefault();
		event.stopPropagation();
	};
	return (
		<div className="flex items-center gap-1 text-ink-muted text-xs">
			<input
				// biome-ignore lint/a11y/noAutofocus: the reader just asked for this field
				autoFocus
				type="search"
				aria-label="Search in this value"
				value={text}
				placeholder="Key or value"
				onChange={(event) => onText(event.target.value)}
				onKeyDown={onKeyDown}
				className="h-7 min-w-0 flex-1 rounded-control border border-line-strong bg-page px-2 text-ink text-sm"
			/>
			<span role="status" className="min-w-14 text-right tabular-nums">
				{count === null ? "" : count === 0 ? "none" : `${at + 1} of ${count}`}
			</span>
			<IconToggle label="Previous" onClick={() => onStep(-1)}>
				<ChevronUp aria-hidden size={13} />
			</IconToggle>
			<IconToggle label="Next" onClick={() => onStep(1)}>
				<ChevronDown aria-hidden size={13} />
			</IconToggle>
		</div>
	);
}
