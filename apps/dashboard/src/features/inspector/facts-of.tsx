import type { SignalRecord } from "@waymark/engine/backend";
import type { GraphEntry, NodeView } from "@waymark/engine/graph";
import type { ReactNode } from "react";
import { CopyButton } from "../../components/copy-button.tsx";
import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import { WorkerId } from "../../components/worker-id.tsx";
import { begunAttempts } from "../../graph/begun-attempts.ts";
import { showsInside, WORKER_SILENT } from "../../graph/interesting.ts";
import { formatCount } from "../../time/format.ts";
import { isWait, NodeDuration } from "../graph/node-status.tsx";
import type { AttemptView } from "./attempt-list.ts";
import { attemptWords, plain, policyOf, retryWords } from "./policy-words.ts";

type Fact = readonly [name: string, value: ReactNode];

/** What is known of a node, as names and values. */
export function factsOf(
	view: NodeView,
	entry: GraphEntry,
	signals: readonly SignalRecord[],
	attempts: readonly AttemptView[],
): readonly Fact[] {
	return [...timeFacts(view), ...policyFacts(view, entry, attempts), ...kindFacts(view, entry, signals)];
}

function timeFacts(view: NodeView): readonly Fact[] {
	const { startedAt, finishedAt, worker, state } = view;
	if (isWait(view)) return finishedAt === null ? [] : [["Ended", <Timestamp key="ended" at={finishedAt} />]];
	if (showsInside(view)) return [];
	const facts: Fact[] = [];
	if (startedAt !== null) facts.push(["Started", <Timestamp key="started" at={startedAt} />]);
	if (startedAt !== null && (state === "running" || state === WORKER_SILENT || finishedAt !== null)) {
		const word = state === "running" ? "Has run for" : state === WORKER_SILENT ? "Ran for" : "Duration";
		facts.push([word, <NodeDuration key="duration" view={view} />]);
	}
	if (worker !== null) facts.push(["Worker", <Worker key="worker" id={worker} />]);
	return facts;
}

function policyFacts(view: NodeView, entry: GraphEntry, attempts: readonly AttemptView[]): readonly Fact[] {
	const policy = policyOf(entry);
	if (policy === null) return [];
	const facts: Fact[] = [
		["Attempt", attemptWords({ ...view, attempt: begunAttempts(view) }, attempts)],
		["Retry", retryWords(policy.retry)],
		["Timeout", policy.timeoutMs === null ? "none" : `${plain(policy.timeoutMs)} per attempt`],
		["Priority", `${policy.priority} (1 is first, 5 is last)`],
	];
	if (policy.tags.length > 0) facts.push(["Tags", policy.tags.map(visibleText).join(", ")]);
	if (policy.onFailure === "value") facts.push(["On failure", "the failure is handed on as data"]);
	return facts;
}

function kindFacts(view: NodeView, { node }: GraphEntry, signals: readonly SignalRecord[]): readonly Fact[] {
	switch (node.kind) {
		case "task":
			return [];
		case "delay":
			return [["Delay", plain(node.durationMs)]];
		case "signal":
			return [
				["Signal", <Code key="signal" text={node.signal} />],
				["Timeout", node.timeoutMs === null ? "none: it waits for ever" : plain(node.timeoutMs)],
				...senderFacts(signals.find((one) => one.consumedBy === view.path || one.reservedFor === view.path)),
			];
		case "fork":
			if (view.branches !== null) return [["Branches ended", `${view.branches.ended} of ${view.branches.total}`]];
			return [
				["If a branch fails", node.settle === "all" ? "the join gets every outcome" : "the instance fails at once"],
			];
		case "route":
			return [["Chosen case", view.chosen ?? "not chosen yet"]];
		case "loop":
			return [
				["Iterations begun", `${view.iterations?.begun ?? 0} of at most ${formatCount(node.maxIterations)}`],
				["At the limit", node.onMax === "fail" ? "the instance fails" : "goes on with the last value"],
			];
		case "child":
			return [["Child workflow", visibleText(node.workflow)]];
	}
}

function senderFacts(signal: SignalRecord | undefined): readonly Fact[] {
	if (signal === undefined) return [];
	return [
		["Sent by", visibleText(signal.by)],
		["Received", <Timestamp key="received" at={signal.receivedAt} />],
	];
}

function Worker({ id }: { readonly id: string }) {
	return (
		<span className="-my-1 flex items-center gap-0.5">
			<WorkerId id={id} />
			<CopyButton text={id} label="Copy worker id" />
		</span>
	);
}

function Code({ text }: { readonly text: string }) {
	return <code className="font-mono text-xs [overflow-wrap:anywhere]">{visibleText(text)}</code>;
}
