"use client";

import { useState } from "react";
import { visibleText } from "../../components/visible-text.ts";
import { HIDDEN_MARK } from "../../redaction/mark.ts";
import type { JsonRow } from "./json-tree.ts";

/** Longer strings show their beginning until asked for more. */
const SHORT = 500;
const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** Key and value of one row, as text. */
export function LeafValue({ row, wrap }: { readonly row: JsonRow; readonly wrap: boolean }) {
	const { key, token } = row;
	return (
		<span className={wrap ? "min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere]" : "whitespace-pre"}>
			{key !== null && (
				<>
					<span className={typeof key === "number" ? "text-ink-faint" : "text-ink"}>
						{typeof key === "number" ? key : visibleText(key)}
					</span>
					<span className="text-ink-faint">: </span>
				</>
			)}
			<Token token={token} />
		</span>
	);
}

function Token({ token }: { readonly token: JsonRow["token"] }) {
	switch (token.kind) {
		case "object":
			return <span className="text-ink-faint">{token.size === 0 ? "{}" : `{ ${token.size} }`}</span>;
		case "array":
			return <span className="text-ink-faint">{token.size === 0 ? "[]" : `[ ${token.size} ]`}</span>;
		case "number":
			return <span className="text-[var(--status-running-text)]">{token.text}</span>;
		case "literal":
			return <span className="text-[var(--status-waiting-text)]">{token.text}</span>;
		case "string":
			return <StringValue text={token.text} />;
		case "hidden":
			return (
				<span className="text-ink-muted">
					<span aria-hidden className="mr-1.5 tracking-widest">
						{HIDDEN_MARK}
					</span>
					<span className="font-sans">hidden by policy</span>
				</span>
			);
	}
}

function StringValue({ text }: { readonly text: string }) {
	const [isWhole, setWhole] = useState(false);
	const isLong = text.length > SHORT;
	const shown = visibleText(isLong && !isWhole ? text.slice(0, SHORT) : text);
	return (
		<>
			<span className="text-[var(--status-completed-text)]" title={ISO_TIME.test(text) ? localTime(text) : undefined}>
				"{shown}
				{isLong && !isWhole ? "…" : '"'}
			</span>
			{isLong && (
				<button
					type="button"
					className="ml-2 rounded bg-hover px-1.5 font-sans text-ink-muted hover:text-ink"
					onClick={(event) => {
						event.stopPropagation();
						setWhole(!isWhole);
					}}
				>
					{isWhole ? "Less" : `${(text.length - SHORT).toLocaleString("en")} more characters`}
				</button>
			)}
		</>
	);
}

function localTime(text: string): string | undefined {
	const at = new Date(text);
	return Number.isNaN(at.getTime()) ? undefined : `${at.toLocaleString("en-GB")} local time`;
}
