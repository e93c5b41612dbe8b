"use client";

import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { useCallback } from "react";
import { Breadcrumb } from "../../components/breadcrumb.tsx";
import { middleTruncate } from "../../components/middle-truncate.tsx";
import { PanelBoundary } from "../../components/panel-boundary.tsx";
import { StatusText } from "../../components/status.tsx";
import { nodeStatus } from "../../components/status-table.ts";
import { visibleText } from "../../components/visible-text.ts";
import type { InstanceState, InstanceWorkers } from "../../server/wire.ts";
import { AccessChips } from "../access/access-chips.tsx";
import { useNodeViews } from "../graph/use-node-views.ts";
import { Inspector } from "../inspector/index.ts";
import { nodePageHref } from "../inspector/node-page-href.ts";
import { INSTANCE_URL } from "../instance/instance-url.ts";
import { shownStatusOf } from "../instance/status-line.ts";
import { useIterationUrl } from "../instance/use-iteration-url.ts";
import { ConnectionPill } from "../live/connection-pill.tsx";
import { useInstanceLive } from "../live/use-instance-live.ts";
import { ServiceProvider, useSilentWorkers } from "../workers/service.tsx";

/** What of the page stands in its address; the rest of an instance's address means nothing here. */
const { tab, attempt, iter, live } = INSTANCE_URL;
const NODE_URL = { tab, attempt, iter, live };

interface NodePageProps {
	readonly instanceId: string;
	/** Definition path. */
	readonly nodeKey: string;
	readonly initial: InstanceState;
	readonly workers: InstanceWorkers | null;
}

/** One node with the whole page to itself: to link to, to read on a small screen, to print. */
export function NodePage({ instanceId, nodeKey, initial, workers }: NodePageProps) {
	const router = useRouter();
	const [url, setUrl] = useQueryStates(NODE_URL, { history: "replace" });
	const { state, connection } = useInstanceLive(instanceId, initial, url.live === null);
	const { instance } = state.snapshot;
	useIterationUrl(
		instance.runId,
		url.iter,
		useCallback((next) => void setUrl({ iter: next }), [setUrl]),
	);
	const home = `/instances/${encodeURIComponent(instanceId)}`;
	return (
		<div className="print-whole flex flex-1 flex-col">
			<header className="flex h-12 shrink-0 items-center gap-2 border-line border-b bg-page px-4 sm:px-6">
				<Breadcrumb
					crumbs={[
						{ label: "Instances", href: "/instances" },
						{ label: middleTruncate(visibleText(instanceId), 32), href: home, mono: true },
						{ label: middleTruncate(visibleText(nodeKey), 40), href: null, mono: true },
					]}
				/>
				<ConnectionPill connection={connection} onPause={(paused) => void setUrl({ live: paused ? "0" : null })} />
				<AccessChips isTight />
			</header>
			<div className="mx-auto flex w-full min-w-0 max-w-240 flex-1 flex-col py-2 sm:px-2">
				<ServiceProvider state={state} initial={workers} wanted={url.live === null && connection.kind !== "gone"}>
					<InstanceIs state={state} nodeKey={nodeKey} />
					<PanelBoundary key={nodeKey} name="The node">
						<Inspector
							state={state}
							nodeKey={nodeKey}
							tab={url.tab}
							attempt={url.attempt}
							onTab={(next) => void setUrl({ tab: next, attempt: null })}
							onNode={(key) => router.push(nodePageHref(instance, key))}
							isPage
							onClose={() => router.push(home)}
						/>
					</PanelBoundary>
				</ServiceProvider>
			</div>
		</div>
	);
}

/** How the instance stands. Where its node stands alike the badge of that says it, and one is enough. */
function InstanceIs({ state, nodeKey }: { readonly state: InstanceState; readonly nodeKey: string }) {
	const { snapshot } = state;
	const status = shownStatusOf(snapshot, useSilentWorkers());
	const node = useNodeViews(state).get(nodeKey);
	const isAlike = node !== undefined && nodeStatus(node.state).word === status.word;
	return (
		<p className="flex flex-wrap items-center gap-x-2 px-4 pt-2 text-ink-muted text-sm">
			{visibleText(snapshot.instance.workflow)} <span aria-hidden>·</span>
			{isAlike ? (
				<span>instance {status.word.toLowerCase()} too</span>
			) : (
				<>
					the instance is <StatusText status={status} />
				</>
			)}
		</p>
	);
}
