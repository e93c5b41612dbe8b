"use client";

import { Maximize2, Search, WrapText } from "lucide-react";
import { CopyButton } from "../../components/copy-button.tsx";
import type { ValueResponse } from "../../server/wire.ts";
import { formatBytes } from "../../time/format.ts";
import { DownloadLink } from "./download-link.tsx";
import { IconToggle } from "./icon-toggle.tsx";
import type { JsonToken } from "./json-tree.ts";
import type { ValueAddress } from "./use-value.ts";
import { wrapperWords } from "./wrapper-words.ts";

export type Mode = "tree" | "table" | "raw";

interface ValueToolbarProps {
	readonly value: ValueResponse;
	readonly address: ValueAddress;
	readonly title: string;
	/** Of the whole value; null where there is no tree. */
	readonly root: JsonToken | null;
	/** Null where there is nothing to choose. */
	readonly mode: Mode | null;
	readonly hasTable: boolean;
	onMode(mode: Mode): void;
	readonly isWrapped: boolean;
	onWrapped(wrapped: boolean): void;
	/** Of the row that the reader is at; null where there are no rows. */
	readonly path: string | null;
	readonly depth: number;
	onDepth(depth: number): void;
	readonly isSearching: boolean;
	onSearching(searching: boolean): void;
	readonly onFull?: () => void;
	/** What is shown is in clear: the server gives no file of it. */
	readonly isClear: boolean;
}

const MODE_WORD: Readonly<Record<Mode, string>> = { tree: "Tree", table: "Table", raw: "Raw" };
const DEPTHS = [
	{ depth: 1, word: "1 level" },
	{ depth: 2, word: "2 levels" },
	{ depth: 3, word: "3 levels" },
	{ depth: 5, word: "5 levels" },
	{ depth: 1_000, word: "All open" },
] as const;

/** What the value is, and everything that can be done with it. */
export function ValueToolbar(props: ValueToolbarProps) {
	const { value, address, title, root, mode, hasTable, onMode, isWrapped, onWrapped } = props;
	const { path, depth, onDepth, isSearching, onSearching, onFull, isClear } = props;
	const words = wrapperWords(value.wrappers);
	const name = title.toLowerCase();
	return (
		<header className="flex flex-wrap items-center gap-x-1.5 gap-y-1 text-ink-muted text-xs">
			<span className="tabular-nums">
				{root === null ? (value.encoding === "hex" ? "binary" : "text") : typeWord(root)} · {formatBytes(value.size)}
				{value.codec === null ? "" : ` · ${value.codec}`}
			</span>
			{words !== null && (
				<span className="min-w-0 truncate rounded bg-hover px-1.5 py-0.5" title={words}>
					{words}
				</span>
			)}
			<span className="flex-1" />
			{mode === null ? null : (
				<span className="inline-flex rounded-control border border-line p-px">
					{(["tree", ...(hasTable ? (["table"] as const) : []), "raw"] as const).map((one) => (
						<button
							key={one}
							type="button"
							aria-pressed={mode === one}
							onClick={() => onMode(one)}
							className="h-6 rounded px-2 aria-pressed:bg-pressed aria-pressed:text-ink"
						>
							{MODE_WORD[one]}
						</button>
					))}
				</span>
			)}
			{mode === "tree" ? (
				<>
					<select
						aria-label="Levels that are open"
						value={depth}
						onChange={(event) => onDepth(Number(event.target.value))}
						className="h-6 rounded-control border border-line bg-page px-1"
					>
						{DEPTHS.map((one) => (
							<option key={one.depth} value={one.depth}>
								{one.word}
							</option>
						))}
					</select>
					<IconToggle label="Search in this value" pressed={isSearching} onClick={() => onSearching(!isSearching)}>
						<Search aria-hidden size={13} />
					</IconToggle>
				</>
			) : null}
			{value.encoding === "text" && mode !== "table" ? (
				<IconToggle label="Wrap long lines" pressed={isWrapped} onClick={() => onWrapped(!isWrapped)}>
					<WrapText aria-hidden size={13} />
				</IconToggle>
			) : null}
			{path === null || path === "" ? null : (
				<span className="inline-flex min-w-0 items-center rounded bg-hover pl-1.5">
					<code className="max-w-32 truncate font-mono" title={path}>
						{path}
					</code>
					<CopyButton text={path} label="Copy path" />
				</span>
			)}
			<CopyButton text={value.text} label={value.truncated ? "Copy the part shown" : `Copy ${name}`} />
			<DownloadLink value={value} address={address} label={`Download ${name}`} isClear={isClear} />
			{onFull === undefined ? null : (
				<IconToggle label="Full screen" onClick={onFull}>
					<Maximize2 aria-hidden size={13} />
				</IconToggle>
			)}
		</header>
	);
}

function typeWord(token: JsonToken): string {
	switch (token.kind) {
		case "object":
			return `object, ${token.size} ${token.size === 1 ? "key" : "keys"}`;
		case "array":
			return `array, ${token.size} ${token.size === 1 ? "item" : "items"}`;
		case "literal":
			return token.text === "null" ? "null" : "boolean";
		case "hidden":
			return "hidden by policy";
		case "string":
		case "number":
			return token.kind;
	}
}
