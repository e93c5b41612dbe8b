import type { GraphEntry, NodeView } from "@waymark/engine/graph";
import type { StatusLook } from "../../components/status-table.ts";
import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import { WORKER_SILENT } from "../../graph/interesting.ts";
import type { InstanceState } from "../../server/wire.ts";
import { Until } from "../../time/live-text.tsx";
import { useService } from "../workers/service.tsx";
import type { AttemptView } from "./attempt-list.ts";
import { BranchTable } from "./branch-table.tsx";
import { CountdownRing } from "./countdown-ring.tsx";
import { ErrorCard } from "./error-card.tsx";
import { Facts } from "./facts.tsx";
import { factsOf } from "./facts-of.tsx";
import { IterationList, LaneList } from "./group-lists.tsx";
import { policyOf } from "./policy-words.ts";
import { RetryNow } from "./retry-now.tsx";
import { whySentence } from "./why-sentence.ts";

interface OverviewTabProps {
	readonly state: InstanceState;
	readonly view: NodeView;
	readonly entry: GraphEntry;
	readonly attempts: readonly AttemptView[];
	onNode(key: string): void;
}

export function OverviewTab({ state, view, entry, attempts, onNode }: OverviewTabProps) {
	const policy = policyOf(entry);
	const lastError = attempts.find(({ error }) => error !== null)?.error ?? view.error;
	const description = policy?.description ?? null;
	const service = useService(state, view);
	const showsError =
		lastError !== null &&
		(view.state === "failed" || view.state === "retrying" || view.state === "running" || view.state === WORKER_SILENT);
	return (
		<div className="flex flex-col gap-4">
			<div className="flex flex-col gap-1">
				{description !== null && <p className="text-sm text-ink-muted">{visibleText(description)}</p>}
				<p className="text-sm">{whySentence(view, state.snapshot.instance, service)}</p>
			</div>
			<NextMove state={state} view={view} attempts={attempts} />
			<TimeoutBar view={view} timeoutMs={policy?.timeoutMs ?? null} />
			{showsError && <ErrorCard error={lastError} title={view.state === "failed" ? "Failed with" : "Last error"} />}
			<Facts facts={factsOf(view, entry, state.snapshot.signals, attempts)} />
			{(view.kind === "fork" || view.kind === "route") && <LaneList {...{ state, view, onNode }} />}
			{view.kind === "loop" && <IterationList state={state} view={view} />}
			{view.kind === "join" && <BranchTable state={state} view={view} />}
		</div>
	);
}

interface NextMoveProps {
	readonly state: InstanceState;
	readonly view: NodeView;
	readonly attempts: readonly AttemptView[];
}

const NEXT: Partial<Record<NodeView["state"], { readonly word: string; readonly look: StatusLook }>> = {
	retrying: { word: "Next attempt in", look: "retrying" },
	waiting: { word: "Goes on in", look: "waiting" },
	awaiting_signal: { word: "Times out in", look: "awaiting-signal" },
};

/** A paused instance begins nothing: a countdown to its next attempt would promise what does not come. */
function NextMove({ state, view, attempts }: NextMoveProps) {
	const isPaused = state.snapshot.instance.status === "paused";
	const next = NEXT[view.state];
	if (view.dueAt === null || next === undefined || (isPaused && view.state === "retrying")) return null;
	const failedAt = attempts.find(({ finishedAt }) => finishedAt !== null)?.finishedAt ?? null;
	return (
		<div className="flex items-center gap-3 rounded-card border border-line bg-canvas px-3 py-2 text-ink-muted text-sm">
			{failedAt === null ? null : (
				<CountdownRing from={failedAt} to={view.dueAt} colour={`var(--status-${next.look}-solid)`} />
			)}
			<p className="flex flex-1 flex-wrap items-baseline gap-x-2">
				<span>
					<Until at={view.dueAt} what={next.word} due="Due" />
				</span>
				<span>
					at <Timestamp at={view.dueAt} />
				</span>
			</p>
			<RetryNow state={state} view={view} />
		</div>
	);
}

/** How much of its time the attempt that runs has used. */
function TimeoutBar({ view, timeoutMs }: { readonly view: NodeView; readonly timeoutMs: number | null }) {
	if (view.state !== "running" || view.startedAt === null || timeoutMs === null) return null;
	const until = view.startedAt + timeoutMs;
	return (
		<div className="flex items-center gap-3 rounded-card border border-line bg-canvas px-3 py-2 text-ink-muted text-sm">
			<CountdownRing from={view.startedAt} to={until} colour="var(--status-running-solid)" />
			<p>
				<Until at={until} what="This attempt times out in" due="Its time is up" />
			</p>
		</div>
	);
}
