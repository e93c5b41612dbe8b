import type { ReactNode } from "react";

interface DataTableProps {
	readonly label: string;
	readonly heads: readonly ReactNode[];
	/** Over the whole width of a tab, in lines that may grow; absent: a card of its own with rows of one height. */
	readonly inTab?: boolean;
	readonly children: ReactNode;
}

/** A plain table that scrolls sideways where it does not fit. */
export function DataTable({ label, heads, inTab = false, children }: DataTableProps) {
	const look = inTab ? TAB : CARD;
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
		<section aria-label={label} tabIndex={0} className={`overflow-x-auto ${look.section}`}>
			<table aria-label={label} className={`w-full border-collapse text-sm ${look.table}`}>
				<thead>
					<tr className="border-line border-b text-left text-ink-muted text-xs">
						{heads.map((head, at) => (
							// biome-ignore lint/suspicious/noArrayIndexKey: columns do not move
							<th key={at} scope="col" className={`font-medium ${look.head}`}>
								{head}
							</th>
						))}
					</tr>
				</thead>
				<tbody className={`[&_tr:last-child]:border-b-0 [&_tr]:border-line [&_tr]:border-b ${look.body}`}>
					{children}
				</tbody>
			</table>
		</section>
	);
}

const CARD = {
	section: "rounded-card border border-line bg-raised",
	table: "rows",
	head: "whitespace-nowrap px-3",
	body: "[&_td]:px-3",
};

const TAB = {
	section: "relative focus-visible:-outline-offset-2",
	table: "min-w-190 print:min-w-0 [&_td]:align-top [&_td]:leading-5",
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
