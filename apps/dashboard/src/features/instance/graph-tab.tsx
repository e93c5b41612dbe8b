"use client";

import { PanelBoundary } from "../../components/panel-boundary.tsx";
import type { InstanceState } from "../../server/wire.ts";
import { InstanceGraph } from "../graph/index.ts";
import { Inspector } from "../inspector/index.ts";
import { Outline } from "../outline/index.ts";
import { TimelineTab } from "../timeline/index.ts";
import { SplitPane } from "./split-pane.tsx";

interface GraphTabProps {
	readonly state: InstanceState;
	readonly as: "graph" | "outline" | "timeline";
	readonly selectedKey: string | null;
	readonly tab: string | null;
	/** Attempt that the inspector points at. */
	readonly attempt: number | null;
	onSelect(key: string | null): void;
	onTab(tab: string): void;
}

const NAME = { graph: "The graph", outline: "The outline", timeline: "The timeline" } as const;

/** The plan with the live path on it, as picture, as outline or along time, and the inspector beside it. */
export function GraphTab({ state, as, selectedKey, tab, attempt, onSelect, onTab }: GraphTabProps) {
	const side =
		selectedKey === null ? null : (
			<PanelBoundary key={selectedKey} name="The inspector" onClose={() => onSelect(null)}>
				<Inspector
					state={state}
					nodeKey={selectedKey}
					tab={tab}
					attempt={attempt}
					onTab={onTab}
					onNode={onSelect}
					onClose={() => onSelect(null)}
				/>
			</PanelBoundary>
		);
	return (
		<SplitPane side={side}>
			<PanelBoundary name={NAME[as]}>
				{as === "graph" ? <InstanceGraph state={state} selectedKey={selectedKey} onSelect={onSelect} /> : null}
				{as === "outline" ? <Outline state={state} selectedKey={selectedKey} onSelect={onSelect} /> : null}
				{as === "timeline" ? <TimelineTab state={state} selectedKey={selectedKey} onSelect={onSelect} /> : null}
			</PanelBoundary>
		</SplitPane>
	);
}
