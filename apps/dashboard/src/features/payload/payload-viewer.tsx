"use client";

import { Download, Search, WrapText } from "lucide-react";
import { useDeferredValue, useMemo, useState } from "react";
import { RequestError } from "../../api/fetch-json.ts";
import { Button } from "../../components/button.tsx";
import { CopyButton } from "../../components/copy-button.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import type { ValueResponse } from "../../server/wire.ts";
import { formatBytes } from "../../time/format.ts";
import { HexHead } from "./hex-head.tsx";
import { findRows, parseRows, prettyText } from "./json-tree.ts";
import { JsonView } from "./json-view.tsx";
import { RawText } from "./raw-text.tsx";
import { useValue, type ValueAddress, valuePath } from "./use-value.ts";
import { wrapperWords } from "./wrapper-words.ts";

/** Up to this many bytes are shown without being asked for; up to the next on a click. */
const INLINE_BYTES = 256 * 1024;
const LOADABLE_BYTES = 2 * 1024 * 1024;

interface PayloadViewerProps extends ValueAddress {
	/** "Input" or "Output": names the region. */
	readonly title: string;
}

/** One recorded value: looked at as a tree or as text, never as markup. */
export function PayloadViewer({ title, ...address }: PayloadViewerProps) {
	const [wantsAll, setWantsAll] = useState(false);
	const head = useValue(address, false);
	const size = head.data?.size ?? 0;
	const isCut = head.data?.encoding === "text" && head.data.truncated;
	const loadsAll = isCut && size <= LOADABLE_BYTES && (wantsAll || size <= INLINE_BYTES);
	const all = useValue(address, true, loadsAll);
	const value = loadsAll ? (all.data ?? head.data) : head.data;
	if (head.isPending) return <Skeleton className="h-24 w-full" />;
	if (value === undefined) return <LoadError error={head.error} onRetry={() => void head.refetch()} />;
	const more = isCut && value.truncated && size <= LOADABLE_BYTES;
	return (
		<section aria-label={title} className="flex min-h-0 flex-col gap-2">
			<ValueView key={address.valueRef} value={value} address={address} title={title} />
			{value.truncated && value.encoding === "text" && (
				<div className="flex flex-wrap items-center gap-2 text-xs text-ink-muted">
					<span>
						The first {formatBytes(value.text.length)} of {formatBytes(value.size)}.
						{more ? "" : " Download it to see the rest."}
					</span>
					{more && (
						<Button size="sm" busy={loadsAll && all.isFetching} onClick={() => setWantsAll(true)}>
							Load all
						</Button>
					)}
				</div>
			)}
		</section>
	);
}

function LoadError({ error, onRetry }: { readonly error: Error | null; readonly onRetry: () => void }) {
	const isMissing = error instanceof RequestError && error.code === "ValueNotFound";
	return (
		<div className="flex flex-col items-start gap-2 rounded-card border border-line p-3 text-sm text-ink-muted">
			<p>{error?.message ?? "The value could not be loaded."}</p>
			{!isMissing && (
				<Button size="sm" onClick={onRetry}>
					Retry
				</Button>
			)}
		</div>
	);
}

interface ValueViewProps {
	readonly value: ValueResponse;
	readonly address: ValueAddress;
	readonly title: string;
}

function ValueView({ value, address, title }: ValueViewProps) {
	const [mode, setMode] = useState<"tree" | "raw">("tree");
	const [isWrapped, setWrapped] = useState(true);
	const [wanted, setWanted] = useState<string | null>(null);
	const search = useDeferredValue(wanted ?? "");
	const rows = useMemo(() => (value.encoding === "text" ? parseRows(value.text) : null), [value]);
	const found = useMemo(() => (rows === null ? [] : findRows(rows, search)), [rows, search]);
	const words = wrapperWords(value.wrappers);
	const type = rows?.[0] === undefined ? (value.encoding === "hex" ? "binary" : "text") : typeWord(rows[0].token);
	const isTree = rows !== null && mode === "tree";
	return (
		<>
			<header className="flex min-h-8 items-center gap-1.5 text-xs text-ink-muted">
				<span className="min-w-0 truncate tabular-nums">
					{type} · {formatBytes(value.size)}
					{value.codec === null ? "" : ` · ${value.codec}`}
				</span>
				{words !== null && (
					<span className="min-w-0 truncate rounded bg-hover px-1.5 py-0.5" title={words}>
						{words}
					</span>
				)}
				<span className="flex-1" />
				{rows !== null && <ModeSwitch mode={mode} onMode={setMode} />}
				{isTree && (
					<IconToggle
						label="Search in this value"
						pressed={wanted !== null}
						onClick={() => setWanted(wanted === null ? "" : null)}
					>
						<Search aria-hidden size={13} />
					</IconToggle>
				)}
				{value.encoding === "text" && (
					<IconToggle label="Wrap long lines" pressed={isWrapped} onClick={() => setWrapped(!isWrapped)}>
						<WrapText aria-hidden size={13} />
					</IconToggle>
				)}
				<CopyButton text={value.text} label={value.truncated ? "Copy the part shown" : `Copy ${title.toLowerCase()}`} />
				<a
					href={valuePath(address, "&download=1")}
					download
					aria-label={`Download ${title.toLowerCase()}`}
					title="Download"
					className="inline-flex size-6 items-center justify-center rounded-control text-ink-faint hover:bg-hover hover:text-ink"
				>
					<Download aria-hidden size={13} />
				</a>
			</header>
			{wanted !== null && isTree && (
				<label className="flex items-center gap-2 text-xs text-ink-muted">
					<span className="sr-only">Search</span>
					<input
						// biome-ignore lint/a11y/noAutofocus: the reader just asked for this field
						autoFocus
						type="search"
						value={wanted}
						placeholder="Key or value"
						onChange={(event) => setWanted(event.target.value)}
						className="h-7 min-w-0 flex-1 rounded-control border border-line-strong bg-page px-2 text-sm text-ink"
					/>
					<span aria-live="polite" className="tabular-nums">
						{search === "" ? "" : `${found.length} found`}
					</span>
				</label>
			)}
			<div className="overflow-hidden rounded-card border border-line bg-canvas">
				{value.encoding === "hex" ? (
					<HexHead value={value} />
				) : isTree ? (
					<JsonView rows={rows} found={found} wrap={isWrapped} label={title} />
				) : (
					<RawText text={rows === null ? value.text : prettyText(rows)} wrap={isWrapped} label={title} />
				)}
			</div>
		</>
	);
}

function typeWord(token: { readonly kind: string; readonly size?: number; readonly text?: string }): string {
	switch (token.kind) {
		case "object":
			return `object, ${token.size} ${token.size === 1 ? "key" : "keys"}`;
		case "array":
			return `array, ${token.size} ${token.size === 1 ? "item" : "items"}`;
		case "literal":
			return token.text === "null" ? "null" : "boolean";
		default:
			return token.kind;
	}
}

interface ModeSwitchProps {
	readonly mode: "tree" | "raw";
	readonly onMode: (mode: "tree" | "raw") => void;
}

function ModeSwitch({ mode, onMode }: ModeSwitchProps) {
	return (
		<span className="inline-flex rounded-control border border-line p-px">
			{(["tree", "raw"] as const).map((one) => (
				<button
					key={one}
					type="button"
					aria-pressed={mode === one}
					onClick={() => onMode(one)}
					className="h-6 rounded px-2 aria-pressed:bg-pressed aria-pressed:text-ink"
				>
					{one === "tree" ? "Tree" : "Raw"}
				</button>
			))}
		</span>
	);
}

interface IconToggleProps {
	readonly label: string;
	readonly pressed: boolean;
	readonly onClick: () => void;
	readonly children: React.ReactNode;
}

function IconToggle({ label, pressed, onClick, children }: IconToggleProps) {
	return (
		<button
			type="button"
			aria-label={label}
			title={label}
			aria-pressed={pressed}
			onClick={onClick}
			className="inline-flex size-6 items-center justify-center rounded-control hover:bg-hover aria-pressed:bg-pressed aria-pressed:text-ink"
		>
			{children}
		</button>
	);
}
