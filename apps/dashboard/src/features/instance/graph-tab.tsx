"use client";

import { PanelBoundary } from "../../components/panel-boundary.tsx";
import type { InstanceState } from "../../server/wire.ts";
import { InstanceGraph } from "../graph/index.ts";
import { Inspector } from "../inspector/index.ts";
import { Outline } from "../outline/index.ts";
import { SplitPane } from "./split-pane.tsx";

interface GraphTabProps {
	readonly state: InstanceState;
	readonly as: "graph" | "outline";
	readonly selectedKey: string | null;
	readonly tab: string | null;
	onSelect(key: string | null): void;
	onTab(tab: string): void;
}

/** The plan with the live path on it, as picture or as outline, and the inspector beside it. */
export function GraphTab({ state, as, selectedKey, tab, onSelect, onTab }: GraphTabProps) {
	const side =
		selectedKey === null ? null : (
			<PanelBoundary key={selectedKey} name="The inspector">
				<Inspector state={state} nodeKey={selectedKey} tab={tab} onTab={onTab} onClose={() => onSelect(null)} />
			</PanelBoundary>
		);
	return (
		<SplitPane side={side}>
			<PanelBoundary name={as === "graph" ? "The graph" : "The outline"}>
				{as === "graph" ? (
					<InstanceGraph state={state} selectedKey={selectedKey} onSelect={onSelect} />
				) : (
					<Outline state={state} selectedKey={selectedKey} onSelect={onSelect} />
				)}
			</PanelBoundary>
		</SplitPane>
	);
}
