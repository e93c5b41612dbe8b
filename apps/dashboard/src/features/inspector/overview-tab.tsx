import type { GraphEntry, NodeView } from "@waymark/engine/graph";
import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import type { InstanceState } from "../../server/wire.ts";
import { Until } from "../../time/live-text.tsx";
import type { AttemptView } from "./attempt-list.ts";
import { BranchTable } from "./branch-table.tsx";
import { ErrorCard } from "./error-card.tsx";
import { Facts } from "./facts.tsx";
import { factsOf } from "./facts-of.tsx";
import { IterationList, LaneList } from "./group-lists.tsx";
import { policyOf } from "./policy-words.ts";
import { whySentence } from "./why-sentence.ts";

interface OverviewTabProps {
	readonly state: InstanceState;
	readonly view: NodeView;
	readonly entry: GraphEntry;
	readonly attempts: readonly AttemptView[];
}

export function OverviewTab({ state, view, entry, attempts }: OverviewTabProps) {
	const policy = policyOf(entry);
	const lastError = attempts.find(({ error }) => error !== null)?.error ?? view.error;
	const description = policy?.description ?? null;
	const showsError =
		lastError !== null && (view.state === "failed" || view.state === "retrying" || view.state === "running");
	return (
		<div className="flex flex-col gap-4">
			<div className="flex flex-col gap-1">
				{description !== null && <p className="text-sm text-ink-muted">{visibleText(description)}</p>}
				<p className="text-sm">{whySentence(view, state.snapshot.instance)}</p>
				<NextMove view={view} isPaused={state.snapshot.instance.status === "paused"} />
			</div>
			{showsError && <ErrorCard error={lastError} title={view.state === "failed" ? "Failed with" : "Last error"} />}
			<Facts facts={factsOf(view, entry, state.snapshot.signals)} />
			{(view.kind === "fork" || view.kind === "route") && <LaneList state={state} view={view} />}
			{view.kind === "loop" && <IterationList state={state} view={view} />}
			{view.kind === "join" && <BranchTable state={state} view={view} />}
		</div>
	);
}

/** A paused instance begins nothing: a countdown to its next attempt would promise what does not come. */
function NextMove({ view, isPaused }: { readonly view: NodeView; readonly isPaused: boolean }) {
	if (view.dueAt === null || (isPaused && view.state === "retrying")) return null;
	const words: Partial<Record<NodeView["state"], string>> = {
		retrying: "Next attempt in",
		waiting: "Goes on in",
		awaiting_signal: "Times out in",
	};
	const word = words[view.state];
	if (word === undefined) return null;
	return (
		<p className="flex items-baseline gap-2 text-sm text-ink-muted">
			<span>
				<Until at={view.dueAt} what={word} due="Due" />
			</span>
			<span>
				at <Timestamp at={view.dueAt} />
			</span>
		</p>
	);
}
