"use client";

import type { RecordedError } from "@waymark/engine/backend";
import type { NodeView } from "@waymark/engine/graph";
import { ArrowRight, OctagonX, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { MiddleTruncate } from "../../components/middle-truncate.tsx";
import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import type { InstanceState } from "../../server/wire.ts";
import { formatCountdown } from "../../time/format.ts";
import { LiveText } from "../../time/live-text.tsx";
import { useNodeViews } from "../graph/use-node-views.ts";
import { RetryNow } from "../inspector/retry-now.tsx";
import { firstLine } from "./first-line.ts";
import { retriedOf, troubleOf } from "./trouble.ts";

interface TroubleCardsProps {
	readonly state: InstanceState;
	/** The node that the inspector shows: what can be done about it stands there. */
	readonly selected: string | null;
	onSelect(key: string): void;
}

/** What fails in an instance that goes on: why, when it is tried again, and that somebody had the whole of it retried. */
export function TroubleCards({ state, selected, onSelect }: TroubleCardsProps) {
	const { snapshot } = state;
	const { retrying, retryingCount, failed, failedCount } = troubleOf(snapshot, useNodeViews(state));
	const retried = retriedOf(snapshot);
	return (
		<>
			{retried === null ? null : (
				<Card label="Retried" tone="plain">
					<p>
						<strong className="font-semibold">Retried</strong> by {visibleText(retried.request.by)}{" "}
						<Timestamp at={retried.request.requestedAt} as="relative" />. It had failed in{" "}
						<MiddleTruncate text={retried.failure.path} max={60} className="font-mono text-xs" />.
					</p>
					<ErrorLine error={retried.failure.error} />
				</Card>
			)}
			{failed === null ? null : (
				<Card
					label="Failed inside"
					tone="danger"
					action={failed.key === selected ? null : <Open view={failed} onSelect={onSelect} />}
				>
					<p>
						<Name view={failed} /> <strong className="font-semibold">failed for good</strong>
						{failedCount > 1 ? `, and ${failedCount - 1} more` : ""}; the instance goes on.
					</p>
					<ErrorLine error={failed.error} />
				</Card>
			)}
			{/* One card at a time: the counts above lead to all of them. */}
			{retrying === null || failed !== null ? null : (
				<Card
					label="Retrying"
					tone="amber"
					action={
						retrying.key === selected ? null : (
							<>
								<RetryNow state={state} view={retrying} />
								<Open view={retrying} onSelect={onSelect} />
							</>
						)
					}
				>
					<p>
						<Name view={retrying} />{" "}
						<strong className="font-semibold">
							failed {retrying.attempt - 1 === 1 ? "once" : `${retrying.attempt - 1} times`}
						</strong>
						<NextAttempt view={retrying} isPaused={snapshot.instance.status === "paused"} />
						{retryingCount > 1 ? ` · ${retryingCount - 1} more wait for their next attempt` : ""}
					</p>
					<ErrorLine error={retrying.error} />
				</Card>
			)}
		</>
	);
}

function Name({ view }: { readonly view: NodeView }) {
	return <MiddleTruncate text={view.path} max={60} className="break-all font-mono text-xs" />;
}

function NextAttempt({ view, isPaused }: { readonly view: NodeView; readonly isPaused: boolean }) {
	const of = view.maxAttempts === null || view.maxAttempts < view.attempt ? "" : ` of ${view.maxAttempts}`;
	const { dueAt } = view;
	if (isPaused) return ` · attempt ${view.attempt}${of} follows once it is unpaused`;
	return (
		<>
			{` · attempt ${view.attempt}${of} `}
			{dueAt === null ? "will follow" : null}
			{dueAt === null ? null : (
				<LiveText
					className="tabular-nums"
					text={(now) => (dueAt > now ? `in ${formatCountdown(dueAt - now)}` : "is due")}
				/>
			)}
		</>
	);
}

function Open({ view, onSelect }: { readonly view: NodeView; onSelect(key: string): void }) {
	return (
		<Button size="sm" icon={<ArrowRight aria-hidden size={13} />} onClick={() => onSelect(view.key)}>
			Open
		</Button>
	);
}

function ErrorLine({ error }: { readonly error: RecordedError | null }) {
	if (error === null) return null;
	return (
		<p className="mt-0.5 line-clamp-2 break-words font-mono text-ink text-xs">
			{visibleText(`${error.name}: ${firstLine(error.message)}`)}
		</p>
	);
}

const TONES = {
	plain: { Icon: RotateCw, box: "border-line bg-canvas" },
	amber: { Icon: RotateCw, box: "border-amber-line bg-amber-soft text-amber-ink" },
	danger: { Icon: OctagonX, box: "border-danger-line bg-danger-soft text-danger-ink" },
} as const;

interface CardProps {
	readonly label: string;
	readonly tone: keyof typeof TONES;
	readonly action?: ReactNode;
	readonly children: ReactNode;
}

function Card({ label, tone, action = null, children }: CardProps) {
	const { Icon, box } = TONES[tone];
	return (
		<section
			aria-label={label}
			className={`flex flex-wrap items-start gap-x-3 gap-y-2 rounded-card border px-3 py-2.5 text-sm ${box}`}
		>
			<Icon aria-hidden size={16} className="mt-0.5 shrink-0" />
			<div className="min-w-0 flex-1 basis-64">{children}</div>
			{action === null ? null : <div className="flex flex-wrap gap-2 max-sm:ml-7">{action}</div>}
		</section>
	);
}
