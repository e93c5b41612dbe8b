"use client";

import type { InstanceState } from "../../server/wire.ts";
import { AttemptsView } from "./attempts-view.tsx";
import { AuditTab } from "./audit-tab.tsx";
import { GraphTab } from "./graph-tab.tsx";
import { HistoryTab } from "./history-tab.tsx";
import type { InstanceUrl, SetInstanceUrl, View } from "./instance-url.ts";
import { IoTab } from "./io-tab.tsx";
import type { Shape } from "./shape-switch.tsx";

interface InstancePanelProps {
	readonly state: InstanceState;
	readonly view: View;
	readonly url: InstanceUrl;
	readonly shape: Shape;
	onSelect(key: string | null): void;
	setUrl: SetInstanceUrl;
	onReplace(next: Partial<InstanceUrl>): void;
}

/** The view that is chosen. */
export function InstancePanel({ state, view, url, shape, onSelect, setUrl, onReplace }: InstancePanelProps) {
	switch (view) {
		case "graph":
		case "timeline":
			return (
				<GraphTab
					state={state}
					as={view === "timeline" ? "timeline" : shape}
					selectedKey={url.node}
					tab={url.tab}
					attempt={url.attempt}
					onSelect={onSelect}
					onTab={(tab) => onReplace({ tab, attempt: null })}
				/>
			);
		case "history":
			return (
				<Scrolled>
					<HistoryTab {...{ state, url, setUrl }} />
				</Scrolled>
			);
		case "io":
			return (
				<Scrolled>
					<IoTab state={state} />
				</Scrolled>
			);
		case "attempts":
			return (
				<Scrolled>
					<AttemptsView {...{ state, url, setUrl }} />
				</Scrolled>
			);
		case "audit":
			return (
				<Scrolled>
					<AuditTab state={state} />
				</Scrolled>
			);
	}
}

function Scrolled({ children }: { readonly children: React.ReactNode }) {
	return <div className="min-h-0 flex-1 sm:overflow-y-auto">{children}</div>;
}
