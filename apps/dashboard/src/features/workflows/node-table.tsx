"use client";

import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { type Column, DataTable, NoRows } from "../../components/data-table.tsx";
import { visibleText } from "../../components/visible-text.ts";
import { formatDuration } from "../../time/format.ts";
import type { NodeFigures } from "./heat-of.ts";
import { shareWords } from "./outcome-words.ts";

/** More than a person compares at once; a plan may have thousands. */
const PAGE = 50;

interface NodeTableProps {
	readonly figures: readonly NodeFigures[];
	readonly selected: string | null;
	onSelect(path: string): void;
}

/** What the sample says of each node, as the plan goes. */
export function NodeTable({ figures, selected, onSelect }: NodeTableProps) {
	const [limit, setLimit] = useState(PAGE);
	if (figures.length === 0) return <NoRows>None of its instances has recorded anything yet.</NoRows>;
	return (
		<>
			<DataTable
				label="Nodes"
				columns={[nameColumn(onSelect), ...COLUMNS]}
				rows={figures.slice(0, limit)}
				rowKey={({ path }) => path}
				isCurrent={({ path }) => path === selected}
			/>
			{figures.length > limit ? (
				<div className="mt-4 flex justify-center">
					<Button onClick={() => setLimit(limit + 10 * PAGE)}>
						Show {Math.min(10 * PAGE, figures.length - limit)} more
					</Button>
				</div>
			) : null}
		</>
	);
}

const nameColumn = (onSelect: (path: string) => void): Column<NodeFigures> => ({
	head: "Node",
	inCard: "name",
	className: "wrap-anywhere min-w-32 font-mono text-xs",
	cell: ({ path }) => (
		<button type="button" onClick={() => onSelect(path)} className="text-left text-link hover:underline">
			{visibleText(path)}
		</button>
	),
});

const COLUMNS: readonly Column<NodeFigures>[] = [
	{ head: "Completed", cell: ({ completed }) => completed },
	{
		head: "Failed attempts",
		cell: ({ failedAttempts }) =>
			failedAttempts > 0 ? <span className="text-danger-ink">{failedAttempts}</span> : failedAttempts,
	},
	{ head: "Share failed", cell: ({ failureShare: share }) => shareWords(share) },
	{
		head: "p95",
		className: "whitespace-nowrap font-mono text-xs",
		cell: ({ p95Ms }) => (p95Ms === null ? "–" : formatDuration(p95Ms)),
	},
	{ head: "Running", cell: ({ running }) => running },
];
