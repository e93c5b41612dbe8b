"use client";

import { useQueryStates } from "nuqs";
import { type UIEvent, useCallback, useState } from "react";
import { PanelBoundary } from "../../components/panel-boundary.tsx";
import type { InstanceState, InstanceWorkers } from "../../server/wire.ts";
import { type LiveInstance, useInstanceLive } from "../live/use-instance-live.ts";
import { ServiceProvider, useWorkersSeen } from "../workers/service.tsx";
import { serviceNews } from "../workers/service-news.ts";
import { AcceptedBanner, isOnlyAccepted } from "./accepted-banner.tsx";
import type { OpenAction } from "./action-bar.tsx";
import { Announcer } from "./announcer.tsx";
import { auditLength } from "./audit-rows.ts";
import { FailureCard } from "./failure-card.tsx";
import { GoneBanner } from "./gone-banner.tsx";
import { historyLength } from "./history-rows.ts";
import { InstanceHeader } from "./instance-header.tsx";
import { InstancePanel } from "./instance-panel.tsx";
import { INSTANCE_URL, type InstanceUrl, nodeInUrl, type View } from "./instance-url.ts";
import { shownRequest } from "./pending-request.ts";
import { RequestBanner } from "./request-banner.tsx";
import { ServiceBanner } from "./service-banner.tsx";
import { ShapeSwitch } from "./shape-switch.tsx";
import { TroubleCards } from "./trouble-card.tsx";
import { useActions } from "./use-actions.ts";
import { useInstanceCommands } from "./use-instance-commands.ts";
import { useInstanceKeys } from "./use-instance-keys.ts";
import { useIterationUrl } from "./use-iteration-url.ts";
import { useNarrow } from "./use-narrow.ts";
import { useView } from "./use-view.ts";
import { ViewTabs } from "./view-tabs.tsx";

interface InstanceViewProps {
	readonly instanceId: string;
	readonly initial: InstanceState;
	readonly workers: InstanceWorkers | null;
}

/** The page of one instance. What it shows stands in its address, so that Back and links work. */
export function InstanceView({ instanceId, initial, workers }: InstanceViewProps) {
	const [{ live }] = useQueryStates(INSTANCE_URL);
	const { state, connection } = useInstanceLive(instanceId, initial, live === null);
	return (
		<ServiceProvider state={state} initial={workers} wanted={live === null && connection.kind !== "gone"}>
			<Shown state={state} connection={connection} />
		</ServiceProvider>
	);
}

function Shown({ state, connection }: LiveInstance) {
	const [url, setUrl] = useQueryStates(INSTANCE_URL, { history: "push" });
	const narrow = useNarrow();
	const { view, remember } = useView(state, url.view);
	const shape = url.as ?? (narrow ? "outline" : "graph");
	const actions = useActions(state);
	const [openAction, setOpenAction] = useState<OpenAction | null>(null);
	const { snapshot, definition } = state;
	const request = shownRequest(snapshot, definition.graph);
	const seen = useWorkersSeen();
	const news = seen === null ? [] : serviceNews(snapshot, seen);
	const onlyAccepted = isOnlyAccepted(state);
	const replace = useCallback((next: Partial<InstanceUrl>) => void setUrl(next, { history: "replace" }), [setUrl]);
	useIterationUrl(
		snapshot.instance.runId,
		url.iter,
		useCallback((iter) => replace({ iter }), [replace]),
	);
	// The timeline keeps its place when a node is chosen; every other view hands over to the graph. A path of the run
	// opens its own iteration.
	const select = (key: string | null) =>
		void setUrl(
			key === null
				? { node: null, tab: null, attempt: null }
				: { ...nodeInUrl(key, url), attempt: null, view: view === "timeline" ? "timeline" : "graph" },
		);
	const isGone = connection.kind === "gone";
	useInstanceCommands({ state, actions, isGone, onSelect: select, onOpenAction: setOpenAction });
	const openView = (next: View) => {
		remember(next);
		void setUrl({ view: next });
	};
	useInstanceKeys({
		state,
		actions,
		isGone,
		selectedKey: url.node,
		onSelect: select,
		onView: openView,
		onOpenAction: setOpenAction,
	});
	const [isCondensed, onScroll] = useCondensed(view);

	return (
		<div className="print-whole flex flex-col max-sm:flex-1 max-sm:pb-14 sm:h-dvh sm:min-h-130 print:h-auto!">
			<InstanceHeader
				state={state}
				connection={connection}
				actions={actions}
				isCondensed={isCondensed}
				openAction={openAction}
				onOpenAction={setOpenAction}
				onPauseUpdates={(paused) => replace({ live: paused ? "0" : null })}
			/>
			<div className="flex flex-col gap-2 px-4 pb-3 empty:hidden sm:px-6">
				{isGone ? <GoneBanner /> : null}
				<ServiceBanner state={state} news={news} isOnlyAccepted={onlyAccepted} onSelect={select} />
				{onlyAccepted && news.length === 0 ? <AcceptedBanner state={state} /> : null}
				{request === null ? null : <RequestBanner shown={request} onSelect={select} />}
				<FailureCard state={state} onSelect={select} />
				<TroubleCards state={state} selected={url.node} onSelect={select} />
			</div>
			<div className="flex items-center gap-x-3 border-line border-b px-4 max-sm:flex-wrap sm:px-6 print:hidden">
				<ViewTabs
					view={view}
					counts={{
						history: historyLength(snapshot),
						attempts: snapshot.attempts.length,
						audit: auditLength(snapshot),
					}}
					onView={openView}
				/>
				{view === "graph" ? <ShapeSwitch shape={shape} onShape={(as) => void setUrl({ as })} /> : null}
			</div>
			<div onScrollCapture={onScroll} className="flex min-h-0 flex-1 flex-col">
				<PanelBoundary key={view} name="This view">
					<InstancePanel {...{ state, view, url, shape, setUrl }} onSelect={select} onReplace={replace} />
				</PanelBoundary>
			</div>
			<Announcer state={state} />
		</div>
	);
}

/** Scrolled further than this the header gives up its second line, if what is below is long enough to need the room. */
const CONDENSE_AT = 48;
const NEEDS_ROOM = 240;

function useCondensed(view: string): readonly [boolean, (event: UIEvent<HTMLElement>) => void] {
	// Another view begins at its top.
	const [condensedView, setCondensedView] = useState<string | null>(null);
	const onScroll = useCallback(
		({ target }: UIEvent<HTMLElement>) => {
			if (!(target instanceof HTMLElement) || target.closest("[data-inspector], [role=tree]") !== null) return;
			const { scrollTop, scrollHeight, clientHeight } = target;
			if (scrollTop < 4) setCondensedView(null);
			else if (scrollTop > CONDENSE_AT && scrollHeight - clientHeight > NEEDS_ROOM) setCondensedView(view);
		},
		[view],
	);
	return [condensedView === view, onScroll];
}
