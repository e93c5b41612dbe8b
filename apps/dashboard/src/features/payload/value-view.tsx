"use client";

import { useDeferredValue, useMemo, useState } from "react";
import type { ValueResponse } from "../../server/wire.ts";
import { HexHead } from "./hex-head.tsx";
import { jsonTable } from "./json-table.ts";
import { findRows, type JsonRow, pathOf, prettyText } from "./json-tree.ts";
import { JsonView } from "./json-view.tsx";
import { RawText } from "./raw-text.tsx";
import { SearchBox } from "./search-box.tsx";
import { TableView } from "./table-view.tsx";
import { useParsed } from "./use-parsed.ts";
import type { ValueAddress } from "./use-value.ts";
import { type Mode, ValueToolbar } from "./value-toolbar.tsx";

interface ValueViewProps {
	readonly value: ValueResponse;
	readonly address: ValueAddress;
	readonly title: string;
	/** What was hidden is shown. */
	readonly isClear: boolean;
	/** Absent in full screen. */
	readonly onFull?: () => void;
}

const OPEN_DEPTH = 3;
const NO_ROWS: readonly JsonRow[] = [];

export function ValueView({ value, address, title, isClear, onFull }: ValueViewProps) {
	const [mode, setMode] = useState<Mode>("tree");
	const [isWrapped, setWrapped] = useState(true);
	const [depth, setDepth] = useState(OPEN_DEPTH);
	const [wanted, setWanted] = useState<string | null>(null);
	const [hitAt, setHitAt] = useState(0);
	const [current, setCurrent] = useState(0);
	const search = useDeferredValue(wanted ?? "");
	const parsed = useParsed(value);
	const rows = parsed.kind === "rows" ? parsed.rows : NO_ROWS;
	const found = useMemo(() => findRows(rows, search), [rows, search]);
	const table = useMemo(() => jsonTable(rows), [rows]);
	const hit = found.length === 0 ? null : (found[hitAt % found.length] ?? null);
	const shown = parsed.kind !== "rows" ? "raw" : mode === "table" && table === null ? "tree" : mode;
	const isTree = parsed.kind === "rows" && shown === "tree";
	return (
		<>
			<ValueToolbar
				value={value}
				address={address}
				title={title}
				isClear={isClear}
				root={rows[0]?.token ?? null}
				mode={parsed.kind === "rows" ? shown : null}
				hasTable={table !== null}
				onMode={setMode}
				isWrapped={isWrapped}
				onWrapped={setWrapped}
				path={isTree ? pathOf(rows, current) : null}
				depth={depth}
				onDepth={setDepth}
				isSearching={wanted !== null}
				onSearching={(searching) => {
					setWanted(searching ? "" : null);
					setHitAt(0);
				}}
				{...(onFull === undefined ? {} : { onFull })}
			/>
			{wanted !== null && isTree ? (
				<SearchBox
					text={wanted}
					count={search === "" ? null : found.length}
					at={found.length === 0 ? 0 : hitAt % found.length}
					onText={(text) => {
						setWanted(text);
						setHitAt(0);
					}}
					onStep={(step) => setHitAt((at) => (found.length === 0 ? 0 : (at + step + found.length) % found.length))}
					onClose={() => setWanted(null)}
				/>
			) : null}
			<div className="min-h-0 flex-1 overflow-hidden rounded-card border border-line bg-canvas">
				{value.encoding === "hex" ? (
					<HexHead value={value} />
				) : parsed.kind === "busy" ? (
					<p role="status" className="p-3 text-ink-muted text-sm">
						Reading {Math.round(value.size / 1_000).toLocaleString("en-GB")} kB…
					</p>
				) : isTree ? (
					<JsonView
						key={depth}
						rows={rows}
						found={found}
						hit={hit}
						openDepth={depth}
						onCurrent={setCurrent}
						wrap={isWrapped}
						label={title}
					/>
				) : shown === "table" && table !== null ? (
					<TableView table={table} label={title} />
				) : (
					<RawPart text={value.text} rows={parsed.kind === "rows" ? rows : null} wrap={isWrapped} label={title} />
				)}
			</div>
		</>
	);
}

interface RawPartProps {
	readonly text: string;
	/** Null where the text is not JSON: it is shown as it is. */
	readonly rows: readonly JsonRow[] | null;
	readonly wrap: boolean;
	readonly label: string;
}

function RawPart({ text, rows, wrap, label }: RawPartProps) {
	const pretty = useMemo(() => (rows === null ? text : prettyText(rows)), [rows, text]);
	return <RawText text={pretty} wrap={wrap} label={label} />;
}
