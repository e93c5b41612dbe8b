import { ROLES } from "../../components/table-roles.ts";
import type { ListedRow } from "../../server/wire.ts";
import { useColumns, wordOf } from "./columns.ts";
import { InstanceRow } from "./instance-row.tsx";
import type { Selection } from "./use-selection.ts";

/** Only read out where rows are cards. */
const HEAD =
	"sr-only text-left font-medium text-ink-muted text-xs columns:not-sr-only columns:table-cell columns:px-2 xl:columns:px-3";

interface InstanceTableProps {
	readonly rows: readonly ListedRow[];
	readonly selection: Selection;
}

/** Where it is too narrow for columns every row is a card. The roles are said because not every browser keeps them then. */
export function InstanceTable({ rows, selection }: InstanceTableProps) {
	const columns = useColumns();
	const ids = rows.map(({ instanceId }) => instanceId);
	return (
		<div className="@container/list overflow-x-auto">
			<table
				{...ROLES.table}
				aria-label="Instances"
				className="block w-full border-collapse text-sm columns:table columns:[&_td]:h-(--row,36px) columns:[&_th]:h-(--row,36px)"
			>
				<thead {...ROLES.group} className="block columns:table-header-group">
					<tr {...ROLES.row} className="flex h-9 items-center border-line border-b columns:table-row">
						<th {...ROLES.head} scope="col" className="pl-4 text-left columns:w-9">
							<label className="inline-flex items-center gap-3 font-normal text-ink-muted text-xs">
								<input
									type="checkbox"
									aria-label="Select all rows shown"
									checked={ids.length > 0 && ids.every((id) => selection.has(id))}
									onChange={(event) => selection.setMany(ids, event.target.checked)}
								/>
								<span aria-hidden className="columns:hidden">
									Select all shown
								</span>
							</label>
						</th>
						<th {...ROLES.head} scope="col" className={`${HEAD} columns:w-36`}>
							Status
						</th>
						<th {...ROLES.head} scope="col" className={HEAD}>
							Instance
						</th>
						{columns.map((id) => (
							<th {...ROLES.head} key={id} scope="col" className={HEAD}>
								{wordOf(id)}
							</th>
						))}
					</tr>
				</thead>
				<tbody {...ROLES.group} className="block columns:table-row-group">
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
