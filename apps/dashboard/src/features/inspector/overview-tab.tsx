import type { SignalRecord } from "@waymark/engine/backend";
import type { GraphEntry, NodeView } from "@waymark/engine/graph";
import type { ReactNode } from "react";
import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import type { InstanceState } from "../../server/wire.ts";
import { Countdown } from "../../time/live-text.tsx";
import { NodeDuration } from "../graph/node-status.tsx";
import type { AttemptView } from "./attempt-list.ts";
import { BranchTable } from "./branch-table.tsx";
import { ErrorCard } from "./error-card.tsx";
import { Facts } from "./facts.tsx";
import { plain, policyOf, retryWords } from "./policy-words.ts";
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
				<NextMove view={view} />
			</div>
			{showsError && <ErrorCard error={lastError} title={view.state === "failed" ? "Failed with" : "Last error"} />}
			<Facts facts={factsOf(view, entry, state.snapshot.signals)} />
			{view.kind === "join" && <BranchTable state={state} view={view} />}
		</div>
	);
}

function NextMove({ view }: { readonly view: NodeView }) {
	if (view.dueAt === null) return null;
	const words: Partial<Record<NodeView["state"], string>> = {
		retrying: "Next attempt in",
		waiting: "Goes on in",
		awaiting_signal: "Times out in",
	};
	const word = words[view.state];
	if (word === undefined) return null;
	return (
		<p className="flex items-baseline gap-2 text-sm text-ink-muted">
			{word}
			<Countdown to={view.dueAt} className="font-mono text-lg font-medium tabular-nums text-ink" />
			<span>
				at <Timestamp at={view.dueAt} />
			</span>
		</p>
	);
}

function factsOf(
	view: NodeView,
	entry: GraphEntry,
	signals: readonly SignalRecord[],
): readonly (readonly [string, ReactNode])[] {
	const facts: [string, ReactNode][] = [];
	const policy = policyOf(entry);
	const { node } = entry;
	if (view.startedAt !== null) facts.push(["Started", <Timestamp key="started" at={view.startedAt} />]);
	if (view.startedAt !== null && (view.state === "running" || view.finishedAt !== null))
		facts.push([view.state === "running" ? "Has run for" : "Duration", <NodeDuration key="duration" view={view} />]);
	if (view.worker !== null)
		facts.push([
			"Worker",
			<code key="worker" className="font-mono text-xs [overflow-wrap:anywhere]">
				{view.worker}
			</code>,
		]);
	if (policy !== null) {
		const total = Math.max(view.maxAttempts ?? 1, view.attempt);
		facts.push(["Attempt", view.attempt === 0 ? `none yet, of ${total}` : `${view.attempt} of ${total}`]);
		facts.push(["Retry", retryWords(policy.retry)]);
		facts.push(["Timeout", policy.timeoutMs === null ? "none" : `${plain(policy.timeoutMs)} per attempt`]);
		facts.push(["Priority", `${policy.priority} of 5`]);
		if (policy.tags.length > 0) facts.push(["Tags", policy.tags.map(visibleText).join(", ")]);
		if (policy.onFailure === "value") facts.push(["On failure", "the failure is handed on as data"]);
	}
	if (node.kind === "delay") facts.push(["Delay", plain(node.durationMs)]);
	if (node.kind === "signal") {
		facts.push([
			"Signal",
			<code key="signal" className="font-mono text-xs">
				{visibleText(node.signal)}
			</code>,
		]);
		facts.push(["Timeout", node.timeoutMs === null ? "none: it waits for ever" : plain(node.timeoutMs)]);
		const taken = signals.find((signal) => signal.consumedBy === view.path || signal.reservedFor === view.path);
		if (taken !== undefined)
			facts.push(
				["Sent by", `${visibleText(taken.by)}`],
				["Received", <Timestamp key="received" at={taken.receivedAt} />],
			);
	}
	if (view.kind === "fork" && node.kind === "fork") {
		facts.push(["Branches", node.branches.map(({ name }) => name).join(", ")]);
		facts.push([
			"If a branch fails",
			node.settle === "all" ? "the join gets every outcome" : "the instance fails at once",
		]);
	}
	if (view.kind === "join" && view.branches !== null)
		facts.push(["Branches ended", `${view.branches.ended} of ${view.branches.total}`]);
	if (node.kind === "route" && view.kind === "route") {
		facts.push(["Chosen case", view.chosen ?? "not chosen yet"]);
		facts.push(["Cases", node.cases.map(({ key }) => key).join(", ")]);
	}
	if (node.kind === "loop" && view.iterations !== null) {
		facts.push(["Iterations begun", `${view.iterations.begun} of at most ${view.iterations.max}`]);
		facts.push(["At the limit", node.onMax === "fail" ? "the instance fails" : "goes on with the last value"]);
	}
	if (node.kind === "child") facts.push(["Child workflow", visibleText(node.workflow)]);
	return facts;
}
