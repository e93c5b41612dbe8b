"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { visibleText } from "../../components/visible-text.ts";
import { cellText, type JsonTable } from "./json-table.ts";

const ROW = 26;
const LONGEST_CELL = 200;

/** An array of objects as a table; only the rows in view are in the document. */
export function TableView({ table, label }: { readonly table: JsonTable; readonly label: string }) {
	const scroller = useRef<HTMLDivElement>(null);
	const list = useVirtualizer({
		count: table.rows.length,
		getScrollElement: () => scroller.current,
		estimateSize: () => ROW,
		overscan: 20,
	});
	const items = list.getVirtualItems();
	const before = items[0]?.start ?? 0;
	const after = list.getTotalSize() - (items.at(-1)?.end ?? 0);
	return (
		<section
			ref={scroller}
			// biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
			tabIndex={0}
			aria-label={`${label}, table`}
			className="payload-body overflow-auto outline-offset-[-2px]"
		>
			<table aria-rowcount={table.rows.length + 1} className="min-w-full border-collapse font-mono text-xs">
				<thead className="sticky top-0 bg-canvas">
					<tr aria-rowindex={1}>
						<th scope="col" className="h-7 px-2 text-right font-normal text-ink-faint">
							#
						</th>
						{table.columns.map((column) => (
							<th key={column} scope="col" className="h-7 whitespace-nowrap px-2 text-left font-medium">
								{visibleText(column)}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{before > 0 ? <tr aria-hidden style={{ height: before }} /> : null}
					{items.map(({ index }) => (
						<tr key={index} aria-rowindex={index + 2} className="border-line border-t hover:bg-hover">
							<td className="h-[26px] px-2 text-right text-ink-faint">{index}</td>
							{table.columns.map((column) => {
								const cell = table.rows[index]?.get(column);
								const text = cell === undefined ? "" : cellText(cell);
								return (
									<td
										key={column}
										className="max-w-80 truncate px-2"
										title={text.length > 40 ? text.slice(0, 2_000) : undefined}
									>
										{visibleText(text.slice(0, LONGEST_CELL))}
									</td>
								);
							})}
						</tr>
					))}
					{after > 0 ? <tr aria-hidden style={{ height: after }} /> : null}
				</tbody>
			</table>
			{table.isCut ? <p className="p-2 text-ink-muted text-xs">Only the first 40 keys have a column.</p> : null}
		</section>
	);
}
