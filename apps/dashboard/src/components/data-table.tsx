import { Fragment, type ReactNode } from "react";
import { ROLES } from "./table-roles.ts";
import "./data-table.css";

export interface Column<Row> {
	/** The word above the column, and before the value where a row is a card. */
	readonly head: string;
	/** Above a column whose cells speak for themselves: only read out. */
	readonly isHeadSilent?: boolean;
	/** In a card: the name of the row, at the right of it, or a line of its own; absent: one of its facts. */
	readonly inCard?: "name" | "aside" | "line";
	readonly className?: string;
	cell(row: Row): ReactNode;
}

interface DataTableProps<Row> {
	readonly label: string;
	readonly columns: readonly Column<Row>[];
	readonly rows: readonly Row[];
	/** Over the whole width of a tab, in lines that may grow; absent: a card of its own with rows of one height. */
	readonly inTab?: boolean;
	rowKey(row: Row): string;
	/** Marks for tests and for what is shown elsewhere on the page. */
	rowProps?(row: Row): Readonly<Record<`data-${string}`, string>>;
	isCurrent?(row: Row): boolean;
	/** What is shown below a row that is open, over the whole width; null: it is closed. */
	opened?(row: Row): ReactNode | null;
}

/** A table; every row is a card where its place is too narrow for columns (`data-table.css`). */
export function DataTable<Row>(props: DataTableProps<Row>) {
	const { label, columns, rows, inTab = false, rowKey, rowProps, isCurrent, opened } = props;
	const look = inTab ? TAB : CARD;
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: what may scroll must be reachable by keyboard
		<section aria-label={label} tabIndex={0} className={`reflow overflow-x-auto ${look.section}`}>
			<table {...ROLES.table} aria-label={label} className={`w-full border-collapse text-sm ${look.table}`}>
				<thead {...ROLES.group}>
					<tr {...ROLES.row} className="border-line border-b text-left text-ink-muted text-xs">
						{columns.map(({ head, isHeadSilent = false }) => (
							<th {...ROLES.head} key={head} scope="col" className={`font-medium ${look.head}`}>
								{isHeadSilent ? <span className="sr-only">{head}</span> : head}
							</th>
						))}
					</tr>
				</thead>
				<tbody
					{...ROLES.group}
					className={`[&_tr:last-child]:border-b-0 [&_tr]:border-line [&_tr]:border-b ${look.body}`}
				>
					{rows.map((row) => (
						<Fragment key={rowKey(row)}>
							<tr
								{...ROLES.row}
								{...rowProps?.(row)}
								aria-current={isCurrent?.(row) || undefined}
								className="aria-[current]:bg-pressed"
							>
								{columns.map(({ head, isHeadSilent = false, inCard = "fact", className, cell }) => (
									<td
										{...ROLES.cell}
										key={head}
										data-head={isHeadSilent ? undefined : head}
										data-in-card={inCard}
										className={className}
									>
										{cell(row)}
									</td>
								))}
							</tr>
							<Opened columns={columns.length}>{opened?.(row)}</Opened>
						</Fragment>
					))}
				</tbody>
			</table>
		</section>
	);
}

function Opened({ columns, children }: { readonly columns: number; readonly children: ReactNode }) {
	if (children === null || children === undefined) return null;
	return (
		<tr {...ROLES.row} data-opened>
			<td {...ROLES.cell} colSpan={columns} data-in-card="line">
				{children}
			</td>
		</tr>
	);
}

const CARD = {
	section: "rounded-card border border-line bg-raised",
	table: "rows",
	head: "whitespace-nowrap px-2 first:pl-3 last:pr-3 xl:px-3",
	body: "[&_td]:px-2 xl:[&_td]:px-3 [&_td:first-child]:pl-3 [&_td:last-child]:pr-3",
};

const TAB = {
	section: "in-tab relative focus-visible:-outline-offset-2",
	table: "[&_td]:align-top [&_td]:leading-5",
	head: "h-9 pr-4 first:pl-4 last:pr-4 sm:last:pr-6 sm:first:pl-6",
	body: "[&_td:first-child]:pl-4 [&_td:last-child]:pr-4 sm:[&_td:first-child]:pl-6 sm:[&_td:last-child]:pr-6 [&_td]:py-2 [&_td]:pr-4",
};

/** In the place of a table that has no rows. */
export function NoRows({ children }: { readonly children: ReactNode }) {
	return (
		<p className="rounded-card border border-line bg-raised px-4 py-10 text-center text-ink-muted text-sm">
			{children}
		</p>
	);
}
