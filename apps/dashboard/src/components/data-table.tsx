import type { ReactNode } from "react";

interface DataTableProps {
	readonly label: string;
	readonly heads: readonly ReactNode[];
	readonly children: ReactNode;
}

/** A plain table that scrolls sideways where it does not fit. */
export function DataTable({ label, heads, children }: DataTableProps) {
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
		<section aria-label={label} tabIndex={0} className="overflow-x-auto rounded-card border border-line bg-raised">
			<table aria-label={label} className="rows w-full border-collapse text-sm">
				<thead>
					<tr className="border-line border-b text-left text-ink-muted text-xs">
						{heads.map((head, at) => (
							// biome-ignore lint/suspicious/noArrayIndexKey: columns do not move
							<th key={at} scope="col" className="whitespace-nowrap px-3 font-medium">
								{head}
							</th>
						))}
					</tr>
				</thead>
				<tbody className="[&_td]:px-3 [&_tr:last-child]:border-b-0 [&_tr]:border-line [&_tr]:border-b">
					{children}
				</tbody>
			</table>
		</section>
	);
}

/** In the place of a table that has no rows. */
export function NoRows({ children }: { readonly children: ReactNode }) {
	return (
		<p className="rounded-card border border-line bg-raised px-4 py-10 text-center text-ink-muted text-sm">
			{children}
		</p>
	);
}
