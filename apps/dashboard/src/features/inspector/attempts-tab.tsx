import type { ReactNode } from "react";
import { StatusText } from "../../components/status.tsx";
import { nodeStatus, type StatusEntry } from "../../components/status-table.ts";
import { Timestamp } from "../../components/timestamp.tsx";
import { WorkerId } from "../../components/worker-id.tsx";
import { WORKER_SILENT } from "../../graph/interesting.ts";
import { formatDuration } from "../../time/format.ts";
import { Elapsed, Until } from "../../time/live-text.tsx";
import { useSilentWorkers } from "../workers/service.tsx";
import type { AttemptView } from "./attempt-list.ts";
import { ErrorCard } from "./error-card.tsx";
import { ErrorChange } from "./error-change.tsx";

const OUTCOMES: Readonly<Record<AttemptView["outcome"], StatusEntry>> = {
	failed: { look: "failed", word: "Failed" },
	timed_out: { look: "failed", word: "Timed out" },
	lost: { look: "failed", word: "Lost: its worker died" },
	cancelled: { look: "cancelled", word: "Cancelled" },
	succeeded: { look: "completed", word: "Succeeded" },
	running: { look: "running", word: "Running" },
	next: { look: "retrying", word: "Next" },
};

const SILENT = nodeStatus(WORKER_SILENT);

interface AttemptsTabProps {
	readonly attempts: readonly AttemptView[];
	/** The one that the page's address points at. */
	readonly pointed: number | null;
	/** What can be done about the attempt that comes. */
	readonly next: ReactNode;
}

/** Every attempt, newest first, each with its error. */
export function AttemptsTab({ attempts, pointed, next }: AttemptsTabProps) {
	const workers = useSilentWorkers();
	if (attempts.length === 0) return <p className="text-sm text-ink-muted">No attempt was made yet.</p>;
	const silent = new Map(
		attempts.flatMap(({ id, outcome, worker }) => {
			const seen = outcome === "running" && worker !== null ? workers.get(worker) : undefined;
			return seen === undefined ? [] : [[id, seen.heartbeatAt] as const];
		}),
	);
	return (
		<ol reversed className="flex flex-col gap-3">
			{attempts.map((attempt, at) => (
				<li
					key={attempt.id}
					ref={attempt.attempt === pointed ? intoView : undefined}
					data-attempt={attempt.attempt}
					data-outcome={attempt.outcome}
					className={`rounded-card border p-3 ${attempt.attempt === pointed ? "border-focus" : "border-line"}`}
				>
					<div className="flex items-center gap-2 text-sm">
						<span className="font-semibold tabular-nums">Attempt {attempt.attempt}</span>
						<StatusText status={silent.has(attempt.id) ? SILENT : OUTCOMES[attempt.outcome]} />
						<span className="flex-1" />
						<span className="font-mono text-xs tabular-nums text-ink-muted">
							<Span attempt={attempt} lastSeenAt={silent.get(attempt.id) ?? null} />
						</span>
						{attempt.outcome === "next" ? next : null}
					</div>
					<When attempt={attempt} />
					{attempt.error !== null && (
						<div className="mt-2 flex flex-col gap-2">
							<ErrorCard error={attempt.error} />
							<ErrorChange
								now={attempt.error}
								before={attempts.slice(at + 1).find(({ error }) => error !== null)?.error}
							/>
						</div>
					)}
				</li>
			))}
		</ol>
	);
}

function intoView(element: HTMLElement | null): void {
	element?.scrollIntoView({ block: "nearest" });
}

interface SpanProps {
	readonly attempt: AttemptView;
	/** When its worker last reported, which fell silent since; null: it did not. */
	readonly lastSeenAt: number | null;
}

function Span({ attempt: { outcome, startedAt, finishedAt }, lastSeenAt }: SpanProps) {
	if (startedAt === null || outcome === "next") return null;
	if (lastSeenAt !== null) return `≥ ${formatDuration(lastSeenAt - startedAt)}`;
	if (outcome === "running") return <Elapsed from={startedAt} />;
	return finishedAt === null ? null : formatDuration(finishedAt - startedAt);
}

function When({ attempt: { outcome, startedAt, worker, dueAt } }: { readonly attempt: AttemptView }) {
	if (outcome === "next") {
		return (
			<p className="mt-1 text-sm text-ink-muted">
				{dueAt === null ? "Next attempt" : <Until at={dueAt} what="Next attempt in" due="Next attempt is due" />}
			</p>
		);
	}
	return (
		<p className="mt-1 text-xs text-ink-muted [overflow-wrap:anywhere]">
			{startedAt !== null && <Timestamp at={startedAt} />}
			{worker !== null && (
				<>
					{" "}
					on worker <WorkerId id={worker} />
				</>
			)}
		</p>
	);
}
