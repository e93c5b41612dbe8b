import type { ReactNode } from "react";

interface TabTableProps {
	readonly label: string;
	readonly columns: readonly string[];
	readonly children: ReactNode;
}

/** A plain table over the whole width of a tab. Wide rows scroll inside it. */
export function TabTable({ label, columns, children }: TabTableProps) {
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, and the keyboard must reach that.
		<section aria-label={label} tabIndex={0} className="relative overflow-x-auto focus-visible:-outline-offset-2">
			<table
				aria-label={label}
				className="w-full min-w-190 print:min-w-0 border-collapse text-sm [&_td]:align-top [&_td]:leading-5"
			>
				<thead>
					<tr className="border-line border-b">
						{columns.map((column) => (
							<th
								key={column}
								scope="col"
								className="h-9 pr-4 text-left font-medium text-ink-muted text-xs first:pl-4 last:pr-4 sm:last:pr-6 sm:first:pl-6"
							>
								{column}
							</th>
						))}
					</tr>
				</thead>
				<tbody>{children}</tbody>
			</table>
		</section>
	);
}
