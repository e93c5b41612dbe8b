/** What a table's elements are, said once more: laid out as something else they are none to every browser. */
export const ROLES = {
	table: { role: "table" },
	group: { role: "rowgroup" },
	row: { role: "row" },
	head: { role: "columnheader" },
	cell: { role: "cell" },
} as const;
