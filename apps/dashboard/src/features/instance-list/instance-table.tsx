import type { InstanceRecord } from "@waymark/engine/backend";
import { InstanceRow } from "./instance-row.tsx";

const HEAD = "h-9 px-3 text-left font-medium text-ink-muted text-xs";

/** On narrow screens every row becomes a card (browsers keep its semantics). */
export function InstanceTable({ rows }: { readonly rows: readonly InstanceRecord[] }) {
	return (
		<table aria-label="Instances" className="block w-full border-collapse text-sm sm:table">
			<thead className="hidden sm:table-header-group">
				<tr className="border-line border-b">
					<th scope="col" className={`${HEAD} w-44 pl-4`}>
						Status
					</th>
					<th scope="col" className={HEAD}>
						Instance
					</th>
					<th scope="col" className={HEAD}>
						Workflow
					</th>
					<th scope="col" className={`${HEAD} w-40`}>
						Progress
					</th>
					<th scope="col" className={`${HEAD} w-36`}>
						Started
					</th>
					<th scope="col" className={`${HEAD} w-28`}>
						Duration
					</th>
					<th scope="col" className={`${HEAD} hidden w-32 pr-4 lg:table-cell`}>
						Updated
					</th>
				</tr>
			</thead>
			<tbody className="block sm:table-row-group">
				{rows.map((row) => (
					<InstanceRow key={row.runId} instance={row} />
				))}
			</tbody>
		</table>
	);
}
