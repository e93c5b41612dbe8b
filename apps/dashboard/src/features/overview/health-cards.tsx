import { CircleCheck, TriangleAlert } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { InstanceLink } from "../../components/instance-link.tsx";
import { StatusText } from "../../components/status.tsx";
import { INSTANCE_STATUS_ORDER, instanceStatus } from "../../components/status-table.ts";
import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import { WorkerId } from "../../components/worker-id.tsx";
import type { Finding, Overview } from "../../server/wire.ts";
import { formatAtMost } from "../../time/format.ts";
import { Elapsed } from "../../time/live-text.tsx";
import { silentWords } from "./finding-words.ts";

export function StatusCounts({ counts }: { readonly counts: Overview["counts"] }) {
	return (
		<ul className="grid grid-cols-2 gap-x-2 p-2">
			{INSTANCE_STATUS_ORDER.map((status) => (
				<li key={status}>
					<Link
						href={`/instances?status=${status}`}
						className="flex h-9 items-center justify-between gap-2 rounded-control px-2 text-sm hover:bg-hover"
					>
						<StatusText status={instanceStatus(status)} />
						<span className="font-medium">{formatAtMost(counts.byStatus[status])}</span>
					</Link>
				</li>
			))}
		</ul>
	);
}

/** Who is alive, and how much of what they can do at once is in use. */
export function WorkerHealth({ workers, now }: { readonly workers: Overview["workers"]; readonly now: number }) {
	const live = workers.filter(({ expiresAt }) => expiresAt >= now);
	const slots = live.reduce((sum, worker) => sum + worker.slots, 0);
	const held = live.reduce((sum, worker) => sum + worker.held, 0);
	const share = slots === 0 ? 0 : Math.min(1, held / slots);
	return (
		<div className="flex flex-col gap-2 p-4 text-sm">
			<p>
				<span className="font-semibold text-base">{live.length}</span> alive
				{workers.length > live.length ? `, ${workers.length - live.length} fell silent within the hour` : ""}
			</p>
			<div aria-hidden className="bar h-2 overflow-hidden rounded-full bg-pressed">
				<div className="h-full bg-(--status-running-solid)" style={{ width: `${share * 100}%` }} />
			</div>
			<p className="text-ink-muted">
				{held} of {slots} slots in use
			</p>
			<Link href="/workers" className="text-link hover:underline">
				All workers
			</Link>
		</div>
	);
}

/** What the doctor found: things that will not mend themselves. */
export function Doctor({ findings }: { readonly findings: readonly Finding[] }) {
	if (findings.length === 0) {
		return (
			<p className="flex items-center gap-2 p-4 text-sm">
				<CircleCheck aria-hidden size={16} className="shrink-0 text-(--status-completed-solid)" />
				Every node that is due has a live worker that can run it.
			</p>
		);
	}
	return (
		<ul className="flex flex-col gap-2 p-4 text-sm">
			{findings.map((finding) => (
				<li key={keyOf(finding)} className="flex gap-2">
					<TriangleAlert aria-hidden size={16} className="mt-0.5 shrink-0 text-(--status-retrying-solid)" />
					<span className="min-w-0 break-words">{wordsOf(finding)}</span>
				</li>
			))}
		</ul>
	);
}

function keyOf(finding: Finding): string {
	switch (finding.kind) {
		case "no-worker":
			return finding.kind;
		case "unserved":
			return `${finding.work.definitionHash} ${finding.work.tags.join(" ")}`;
		case "silent-worker":
			return finding.worker.workerId;
	}
}

function wordsOf(finding: Finding): ReactNode {
	switch (finding.kind) {
		case "no-worker":
			return finding.isMissed
				? "No worker is alive: whatever is due waits. Start one."
				: "No worker is alive. Nothing waits for one yet.";
		case "unserved": {
			const { nodes, workflow, definitionHash, tags, since, instanceId } = finding.work;
			return (
				<>
					No live worker can run {formatAtMost(nodes)} {nodes === 1 ? "node" : "nodes"} of {visibleText(workflow)}{" "}
					(version <code className="text-xs">{definitionHash.slice(0, 8)}</code>
					{tags.length === 0 ? "" : `, ${tags.length === 1 ? "tag" : "tags"} ${tags.map(visibleText).join(", ")}`}), for{" "}
					<Elapsed from={since} />. Start one that has that code{tags.length === 0 ? "" : " and serves that"}. First:{" "}
					<InstanceLink id={instanceId} />
				</>
			);
		}
		case "silent-worker":
			return (
				<>
					Worker <WorkerId id={finding.worker.workerId} /> fell silent{" "}
					<Timestamp at={finding.worker.heartbeatAt} as="relative" /> with {finding.worker.held}{" "}
					{finding.worker.held === 1 ? "node" : "nodes"}
					{silentWords(finding)}
				</>
			);
	}
}
