"use client";

import type { RecordedError } from "@waymark/engine/backend";
import { ChevronRight, WrapText } from "lucide-react";
import { useState } from "react";
import { CopyButton } from "../../components/copy-button.tsx";
import { ScrollBox } from "../../components/scroll-box.tsx";
import { visibleLines, visibleText } from "../../components/visible-text.ts";
import { useDenial } from "../access/access-provider.tsx";
import { HiddenNote } from "../access/hidden-note.tsx";
import { type StackPart, stackParts } from "./stack-frames.ts";

interface ErrorCardProps {
	readonly error: RecordedError;
	readonly title?: string;
}

/** Causes further down than this say nothing new to a reader. */
const MAX_CAUSES = 8;

/** Class, message and stack of an error, with what caused it. Hostile text: never anything but text. */
export function ErrorCard({ error, title }: ErrorCardProps) {
	const hidden = useDenial("data");
	return (
		<div className="flex flex-col gap-2 rounded-card border border-danger-line bg-danger-soft p-3">
			{title !== undefined && <p className="text-xs text-ink-muted">{title}</p>}
			{chainOf(error).map((one, at) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a chain of causes never changes
				<div key={at} className={at === 0 ? "" : "border-t border-danger-line pt-2"}>
					{at > 0 && <p className="text-xs text-ink-muted">Caused by</p>}
					<ErrorText error={one} />
				</div>
			))}
			{hidden === null ? null : <HiddenNote text={`The stack is hidden. ${hidden}`} />}
		</div>
	);
}

function ErrorText({ error }: { readonly error: RecordedError }) {
	return (
		<>
			<p className="text-sm font-semibold text-danger-ink [overflow-wrap:anywhere]">
				{visibleText(error.name)}
				{error.code !== null && <span className="ml-2 font-mono text-xs font-normal">{visibleText(error.code)}</span>}
			</p>
			<ScrollBox
				label={`Message of ${visibleText(error.name).slice(0, 80)}`}
				className="max-h-60 overflow-y-auto whitespace-pre-wrap text-sm [overflow-wrap:anywhere]"
			>
				{visibleLines(error.message)}
			</ScrollBox>
			{error.stack !== null && <Stack stack={error.stack} />}
		</>
	);
}

function Stack({ stack }: { readonly stack: string }) {
	const [isOpen, setOpen] = useState(false);
	const [isWrapped, setWrapped] = useState(false);
	return (
		<div className="mt-1">
			<div className="flex items-center gap-1">
				<button
					type="button"
					aria-expanded={isOpen}
					onClick={() => setOpen(!isOpen)}
					className="-ml-1 flex h-6 items-center gap-1 rounded-control px-1 text-xs text-ink-muted hover:text-ink"
				>
					<ChevronRight aria-hidden size={12} className={isOpen ? "rotate-90" : ""} />
					Stack
				</button>
				<span className="flex-1" />
				{isOpen && (
					<button
						type="button"
						aria-label="Wrap long lines"
						title="Wrap long lines"
						aria-pressed={isWrapped}
						onClick={() => setWrapped(!isWrapped)}
						className="grid size-6 place-items-center rounded-control text-ink-faint hover:bg-hover aria-pressed:text-ink"
					>
						<WrapText aria-hidden size={13} />
					</button>
				)}
				<CopyButton text={stack} label="Copy stack" />
			</div>
			{isOpen && (
				<ScrollBox
					as="pre"
					label="Stack"
					className={`mt-1 max-h-72 overflow-auto rounded-control border border-line bg-page p-2 font-mono text-xs leading-[18px] ${isWrapped ? "whitespace-pre-wrap [overflow-wrap:anywhere]" : ""}`}
				>
					{stackParts(stack).map((part, at) => (
						// biome-ignore lint/suspicious/noArrayIndexKey: a stack never changes
						<Frames key={at} part={part} />
					))}
				</ScrollBox>
			)}
		</div>
	);
}

function Frames({ part: { kind, lines } }: { readonly part: StackPart }) {
	const [isOpen, setOpen] = useState(false);
	if (kind === "own" || isOpen) {
		return (
			<span className={kind === "own" ? "" : "text-ink-faint"}>
				{visibleLines(lines.join("\n"))}
				{"\n"}
			</span>
		);
	}
	return (
		<button
			type="button"
			onClick={() => setOpen(true)}
			className="my-0.5 ml-8 block rounded bg-hover px-1.5 font-sans text-ink-muted hover:text-ink"
		>
			{lines.length} {lines.length === 1 ? "frame" : "frames"} of Node and packages
		</button>
	);
}

function chainOf(error: RecordedError): readonly RecordedError[] {
	const chain: RecordedError[] = [];
	for (let at: RecordedError | null = error; at !== null && chain.length < MAX_CAUSES; at = at.cause) chain.push(at);
	return chain;
}
