import { StatusIcon } from "../../components/status.tsx";
import { nodeStatus } from "../../components/status-table.ts";
import type { GroupSummary } from "../../graph/group-summary.ts";
import { formatCount } from "../../time/format.ts";

const MOST_COUNTS = 4;

/** How many of a group's nodes are in which state, as one segmented bar. */
export function StateBar({ summary }: { readonly summary: GroupSummary }) {
	return (
		<span aria-hidden className="plan-bar">
			{summary.counts.map(({ state, count }) => (
				<span key={state} className={`status-pattern-${nodeStatus(state).look}`} style={{ flexGrow: count }} />
			))}
		</span>
	);
}

/** The counts that matter most, each with its icon. */
export function StateCounts({ summary }: { readonly summary: GroupSummary }) {
	return (
		<span className="plan-counts" title={countWords(summary)}>
			{summary.counts.slice(0, MOST_COUNTS).map(({ state, count }) => {
				const { look, word } = nodeStatus(state);
				return (
					<span key={state} style={{ color: `var(--status-${look}-text)` }}>
						<StatusIcon look={look} size={12} still />
						{formatCount(count)}
						<span className="sr-only"> {word.toLowerCase()}</span>
					</span>
				);
			})}
			{summary.counts.length > MOST_COUNTS && <span>…</span>}
		</span>
	);
}

/** "3 failed, 12 running, 185 completed". */
export function countWords({ counts }: GroupSummary): string {
	return counts.map(({ state, count }) => `${count} ${nodeStatus(state).word.toLowerCase()}`).join(", ");
}
