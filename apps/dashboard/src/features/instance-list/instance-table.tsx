import type { ListedInstance } from "@waymark/engine/backend";
import { COLUMNS, useColumns } from "./columns.ts";
import { InstanceRow } from "./instance-row.tsx";
import type { Selection } from "./use-selection.ts";

const HEAD = "px-3 text-left font-medium text-ink-muted text-xs";

interface InstanceTableProps {
	readonly rows: readonly ListedInstance[];
	readonly selection: Selection;
}

/** On narrow screens every row becomes a card (browsers keep its semantics). */
export function InstanceTable({ rows, selection }: InstanceTableProps) {
	const columns = useColumns();
	const ids = rows.map(({ instanceId }) => instanceId);
	return (
		<div className="sm:overflow-x-auto">
			<table aria-label="Instances" className="rows block w-full border-collapse text-sm sm:table">
				<thead className="hidden sm:table-header-group">
					<tr className="border-line border-b">
						<th scope="col" className="w-9 pl-4 text-left">
							<input
								type="checkbox"
								aria-label="Select all rows shown"
								checked={ids.length > 0 && ids.every((id) => selection.has(id))}
								onChange={(event) => selection.setMany(ids, event.target.checked)}
							/>
						</th>
						<th scope="col" className={`${HEAD} w-40`}>
							Status
						</th>
						<th scope="col" className={HEAD}>
							Instance
						</th>
						{columns.map((id) => (
							<th key={id} scope="col" className={HEAD}>
								{COLUMNS.find((column) => column.id === id)?.word}
							</th>
						))}
					</tr>
				</thead>
				<tbody className="block sm:table-row-group">
					{rows.map((row) => (
						<InstanceRow
							key={row.runId}
							instance={row}
							columns={columns}
							isSelected={selection.has(row.instanceId)}
							onSelect={selection.toggle}
						/>
					))}
				</tbody>
			</table>
		</div>
	);
}
