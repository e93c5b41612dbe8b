"use client";

import { Tabs } from "@base-ui/react/tabs";
import { type GraphEntry, indexGraph, type NodeView } from "@waymark/engine/graph";
import { Maximize2, X } from "lucide-react";
import Link from "next/link";
import { useRef } from "react";
import { Button } from "../../components/button.tsx";
import { buttonClass } from "../../components/button-class.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { StatusBadge } from "../../components/status.tsx";
import { Tooltip } from "../../components/tooltip.tsx";
import { visibleText } from "../../components/visible-text.ts";
import { iterationStates } from "../../graph/iteration-states.ts";
import { cardKey } from "../../graph/navigation.ts";
import type { InstanceState } from "../../server/wire.ts";
import { IterationSteps } from "../graph/iteration-picker.tsx";
import { KIND_WORDS, KindIcon } from "../graph/kind-icon.tsx";
import { useNodeEntry } from "../graph/node-entry.ts";
import { NodeName } from "../graph/node-name.tsx";
import { useNodeViews } from "../graph/use-node-views.ts";
import { attemptsOf } from "./attempt-list.ts";
import { AttemptsTab } from "./attempts-tab.tsx";
import { DefinitionTab } from "./definition-tab.tsx";
import { useFocusHandedOn } from "./focus-inspector.ts";
import { InstanceRetry } from "./instance-retry.tsx";
import { nodePageHref, planHref } from "./node-page-href.ts";
import { OverviewTab } from "./overview-tab.tsx";
import { PathButton } from "./path-button.tsx";
import { RetryNow } from "./retry-now.tsx";
import { InputTab, OutputTab } from "./value-tabs.tsx";

export interface InspectorProps {
	readonly state: InstanceState;
	/** Definition path of the node. */
	readonly nodeKey: string;
	/** From the URL; anything unknown is the overview. */
	readonly tab: string | null;
	/** Attempt to point at, of the attempts tab. */
	readonly attempt: number | null;
	onTab(tab: string): void;
	/** Another node was chosen in here. */
	onNode(key: string): void;
	onClose(): void;
	/** A page of its own, not a panel beside the plan. */
	readonly isPage?: boolean;
}

const TABS = ["overview", "input", "output", "attempts", "definition"] as const;
type Tab = (typeof TABS)[number];

const WORDS: Readonly<Record<Tab, string>> = {
	overview: "Overview",
	input: "Input",
	output: "Output",
	attempts: "Attempts",
	definition: "Definition",
};

/** Everything known of one node. Fills its parent. */
export function Inspector(props: InspectorProps) {
	const { state, nodeKey, tab, attempt, onTab, onNode, onClose, isPage = false } = props;
	const { graph } = state.definition;
	const root = useRef<HTMLDivElement>(null);
	useFocusHandedOn(root);
	const views = useNodeViews(state);
	const key = cardKey(graph, nodeKey) ?? nodeKey;
	const view = views.get(key);
	const entry = indexGraph(graph).get(key);
	if (view === undefined || entry === undefined) return <Unknown {...{ nodeKey, isPage, onClose }} />;
	const attempts = attemptsOf(view, state.snapshot);
	// The list tells of the next one too; a count of what was tried does not.
	const begun = attempts.filter(({ outcome }) => outcome !== "next").length;
	const current = TABS.find((one) => one === tab) ?? "overview";
	const shown = tabsFor(view);
	return (
		<div ref={root} className="flex h-full min-h-0 flex-col bg-page" data-inspector={key}>
			<Header {...{ state, view, isPage, onClose }} />
			<Tabs.Root
				value={shown.includes(current) ? current : "overview"}
				onValueChange={(next: Tab) => onTab(next)}
				className="flex min-h-0 flex-1 flex-col"
			>
				<Tabs.List className="flex shrink-0 flex-wrap gap-x-4 border-b border-line px-4">
					{shown.map((one) => (
						<Tabs.Tab
							key={one}
							value={one}
							className="-mb-px flex h-9 items-center gap-1.5 whitespace-nowrap border-b-2 border-transparent text-sm text-ink-muted outline-offset-[-2px] hover:text-ink aria-selected:border-ink aria-selected:font-medium aria-selected:text-ink"
						>
							{WORDS[one]}
							{one === "attempts" && begun > 0 && (
								<span className="rounded-full bg-hover px-1.5 text-xs tabular-nums text-ink-muted">{begun}</span>
							)}
						</Tabs.Tab>
					))}
				</Tabs.List>
				<div className="min-h-0 flex-1 overflow-y-auto p-4">
					{shown.map((one) => (
						<Tabs.Panel key={one} value={one} className="outline-offset-4">
							<Panel tab={one} {...{ state, view, entry, attempts, attempt, onNode }} />
						</Tabs.Panel>
					))}
				</div>
			</Tabs.Root>
		</div>
	);
}

function tabsFor(view: NodeView): readonly Tab[] {
	return view.maxAttempts === null ? TABS.filter((tab) => tab !== "attempts") : TABS;
}

interface PanelProps {
	readonly tab: Tab;
	readonly state: InstanceState;
	readonly view: NodeView;
	readonly entry: GraphEntry;
	readonly attempts: ReturnType<typeof attemptsOf>;
	readonly attempt: number | null;
	onNode(key: string): void;
}

function Panel({ tab, state, view, entry, attempts, attempt, onNode }: PanelProps) {
	switch (tab) {
		case "overview":
			return <OverviewTab {...{ state, view, entry, attempts, onNode }} />;
		case "input":
			return <InputTab {...{ state, view }} />;
		case "output":
			return <OutputTab {...{ state, view }} />;
		case "attempts":
			return <AttemptsTab attempts={attempts} pointed={attempt} next={<RetryNow {...{ state, view }} />} />;
		case "definition":
			return <DefinitionTab entry={entry} workflow={state.definition.workflow} hash={state.definition.hash} />;
	}
}

const ICON_CLASS =
	"grid size-7 shrink-0 place-items-center rounded-control text-ink-muted hover:bg-hover hover:text-ink print:hidden";

interface HeaderProps {
	readonly state: InstanceState;
	readonly view: NodeView;
	readonly isPage: boolean;
	onClose(): void;
}

function Header({ state, view, isPage, onClose }: HeaderProps) {
	const { snapshot } = state;
	const { runId } = snapshot.instance;
	const { iterations } = view;
	const Title = isPage ? "h1" : "h2";
	const name = view.key.slice(view.key.lastIndexOf("/") + 1);
	return (
		<header className="shrink-0 px-4 pt-3 pb-2">
			<div className={`flex items-center gap-2 ${isPage ? "flex-wrap" : ""}`}>
				<KindIcon kind={view.kind} size={18} />
				<Title
					tabIndex={-1}
					className={`flex-1 rounded-sm text-lg font-semibold outline-offset-0 ${isPage ? "min-w-44" : "min-w-0"}`}
				>
					<NodeName name={name} />
				</Title>
				<StatusBadge status={useNodeEntry(view)} />
				{!isPage ? (
					<>
						<PathButton runId={runId} nodeKey={view.key} />
						<Tooltip content="Open as a page of its own">
							<Link href={nodePageHref(snapshot.instance, view.key)} aria-label="Open as a page" className={ICON_CLASS}>
								<Maximize2 aria-hidden size={14} />
							</Link>
						</Tooltip>
						<button type="button" aria-label="Close the inspector" onClick={onClose} className={ICON_CLASS}>
							<X aria-hidden size={16} />
						</button>
					</>
				) : (
					<Link
						href={planHref(snapshot.instance, view.key)}
						className={`${buttonClass("secondary", "sm")} print:hidden`}
					>
						Show in the plan
					</Link>
				)}
			</div>
			<div className="mt-0.5 flex items-center gap-1 text-xs text-ink-muted">
				<span>{KIND_WORDS[view.kind]}</span>
				<span aria-hidden>·</span>
				<code className="min-w-0 truncate font-mono" title={view.path}>
					{view.path}
				</code>
				<CopyButton text={view.path} label="Copy path" />
			</div>
			{snapshot.instance.status === "failed" && view.state === "failed" && (
				<InstanceRetry state={state} className={`mt-2 ${isPage ? "" : "lg:hidden"}`} />
			)}
			{iterations !== null && (
				<div className="mt-1 -ml-1.5">
					<IterationSteps
						{...{ runId, view, iterations }}
						readStates={() => iterationStates(snapshot, view.path, iterations.begun)}
					/>
				</div>
			)}
		</header>
	);
}

interface UnknownProps {
	readonly nodeKey: string;
	readonly isPage: boolean;
	onClose(): void;
}

function Unknown({ nodeKey, isPage, onClose }: UnknownProps) {
	const Title = isPage ? "h1" : "h2";
	return (
		<div className="flex flex-col items-start gap-3 p-4 text-sm">
			<Title className="font-semibold text-lg">This plan has no such node</Title>
			<p className="text-ink-muted">
				There is nothing at{" "}
				<code className="font-mono text-ink text-xs [overflow-wrap:anywhere]">
					{visibleText(nodeKey).slice(0, 300)}
				</code>
				. Another version of the code may have it. Choose a node in the plan.
			</p>
			<Button onClick={onClose}>{isPage ? "Open the plan" : "Close"}</Button>
		</div>
	);
}
