"use client";

import { useQueryStates } from "nuqs";
import { PanelBoundary } from "../../components/panel-boundary.tsx";
import type { InstanceState } from "../../server/wire.ts";
import { useInstanceLive } from "../live/use-instance-live.ts";
import { AuditTab } from "./audit-tab.tsx";
import { FailureCard } from "./failure-card.tsx";
import { GraphTab } from "./graph-tab.tsx";
import { HistoryTab } from "./history-tab.tsx";
import { InstanceHeader } from "./instance-header.tsx";
import { INSTANCE_URL } from "./instance-url.ts";
import { IoTab } from "./io-tab.tsx";
import { shownRequest } from "./pending-request.ts";
import { RequestBanner } from "./request-banner.tsx";
import { ShapeSwitch } from "./shape-switch.tsx";
import { useActions } from "./use-actions.ts";
import { useNarrow } from "./use-narrow.ts";
import { ViewTabs } from "./view-tabs.tsx";

interface InstanceViewProps {
	readonly instanceId: string;
	readonly initial: InstanceState;
}

/** The page of one instance. What it shows stands in its address, so that Back and links work. */
export function InstanceView({ instanceId, initial }: InstanceViewProps) {
	const [url, setUrl] = useQueryStates(INSTANCE_URL, { history: "push" });
	const { state, connection } = useInstanceLive(instanceId, initial, url.live === null);
	const narrow = useNarrow();
	const shape = url.as ?? (narrow ? "outline" : "graph");
	const actions = useActions(state);
	const { snapshot, definition } = state;
	const request = shownRequest(snapshot, definition.graph);
	const select = (key: string | null) =>
		void setUrl(key === null ? { node: null, tab: null } : { node: key, view: "graph" });

	return (
		<div className="flex flex-1 flex-col sm:h-dvh sm:min-h-130">
			<InstanceHeader
				state={state}
				connection={connection}
				actions={actions}
				onPauseUpdates={(paused) => void setUrl({ live: paused ? "0" : null }, { history: "replace" })}
			/>
			{request === null && snapshot.instance.status !== "failed" ? null : (
				<div className="flex flex-col gap-2 px-4 pb-3 sm:px-6">
					{request === null ? null : <RequestBanner shown={request} onSelect={select} />}
					<FailureCard state={state} onSelect={select} />
				</div>
			)}
			<div className="flex items-center gap-x-3 border-line border-b px-4 max-sm:flex-wrap sm:px-6">
				<ViewTabs
					view={url.view}
					counts={{
						history: snapshot.checkpoints.length + snapshot.attempts.length + snapshot.signals.length,
						audit: snapshot.controlRequests.length,
					}}
					onView={(view) => void setUrl({ view })}
				/>
				{url.view === "graph" ? <ShapeSwitch shape={shape} onShape={(as) => void setUrl({ as })} /> : null}
			</div>
			{url.view === "graph" ? (
				<GraphTab
					state={state}
					as={shape}
					selectedKey={url.node}
					tab={url.tab}
					onSelect={select}
					onTab={(tab) => void setUrl({ tab }, { history: "replace" })}
				/>
			) : (
				<div className="min-h-0 flex-1 sm:overflow-y-auto">
					<PanelBoundary key={url.view} name="This view">
						{url.view === "io" ? <IoTab state={state} /> : null}
						{url.view === "history" ? <HistoryTab state={state} onSelect={select} /> : null}
						{url.view === "audit" ? <AuditTab state={state} /> : null}
					</PanelBoundary>
				</div>
			)}
		</div>
	);
}
