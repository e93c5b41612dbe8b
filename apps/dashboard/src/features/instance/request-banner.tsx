"use client";

import { Ban, CirclePause, Hourglass } from "lucide-react";
import type { ReactNode } from "react";
import { useSyncExternalStore } from "react";
import { Timestamp } from "../../components/timestamp.tsx";
import { visibleText } from "../../components/visible-text.ts";
import { WorkerId } from "../../components/worker-id.tsx";
import { Countdown, Elapsed } from "../../time/live-text.tsx";
import { onTick, serverNow } from "../../time/ticker.ts";
import type { Awaited, ShownRequest } from "./pending-request.ts";
import { WorkersSeen } from "./workers-seen.tsx";

interface RequestBannerProps {
	readonly shown: ShownRequest;
	onSelect(key: string): void;
}

/** Who asked for what, when and why, and what it waits for. */
export function RequestBanner({ shown, onSelect }: RequestBannerProps) {
	switch (shown.kind) {
		case "pausing":
		case "cancelling":
			return <PendingBanner shown={shown} onSelect={onSelect} />;
		case "paused":
			return (
				<Banner tone="plain" icon={<CirclePause aria-hidden size={16} />}>
					<strong className="font-semibold">Paused</strong> <Asked request={shown.request} /> Nothing new starts until
					it is unpaused; signals are stored.
				</Banner>
			);
		case "cancelled":
			return (
				<Banner tone="plain" icon={<Ban aria-hidden size={16} />}>
					<strong className="font-semibold">Cancelled</strong> <Asked request={shown.request} />
				</Banner>
			);
	}
}

interface PendingBannerProps {
	readonly shown: Extract<ShownRequest, { overdueAt: number }>;
	onSelect(key: string): void;
}

function PendingBanner({ shown, onSelect }: PendingBannerProps) {
	const overdue = useSyncExternalStore(
		onTick,
		() => serverNow() > shown.overdueAt,
		() => false,
	);
	const word = shown.kind === "pausing" ? "Pausing…" : "Cancelling…";
	return (
		<Banner tone={overdue ? "amber" : "plain"} icon={<Hourglass aria-hidden size={16} />}>
			<strong className="font-semibold">{word}</strong> <Asked request={shown.request} />{" "}
			{shown.awaited.length === 0 ? (
				"Nothing is in flight any more; it takes effect in a moment."
			) : (
				<>
					{overdue ? "Still waiting for " : "Waiting for "}
					{shown.awaited.slice(0, 3).map((task, at) => (
						<AwaitedTask key={task.path} task={task} first={at === 0} onSelect={onSelect} />
					))}
					{shown.awaited.length > 3 ? ` and ${shown.awaited.length - 3} more` : ""}
					{shown.kind === "pausing" ? " to finish." : " to stop."}
					{overdue ? <WorkersSeen awaited={shown.awaited} /> : null}
				</>
			)}
		</Banner>
	);
}

function AwaitedTask({
	task,
	first,
	onSelect,
}: {
	readonly task: Awaited;
	readonly first: boolean;
	onSelect(key: string): void;
}) {
	return (
		<>
			{first ? "" : ", "}
			<button type="button" className="font-mono text-link text-xs hover:underline" onClick={() => onSelect(task.key)}>
				{task.path}
			</button>
			<span className="text-ink-muted">
				{" ("}
				{task.since === null ? (
					"running"
				) : (
					<>
						running <Elapsed from={task.since} />
					</>
				)}{" "}
				on worker <WorkerId id={task.worker} />
				{task.timesOutAt === null ? (
					""
				) : (
					<>
						, times out in <Countdown to={task.timesOutAt} />
					</>
				)}
				{")"}
			</span>
		</>
	);
}

function Asked({ request }: { readonly request: ShownRequest["request"] }) {
	if (request === null) return null;
	return (
		<>
			by {visibleText(request.by)} <Timestamp at={request.requestedAt} as="relative" />
			{request.reason === null ? (
				"."
			) : (
				<>
					: “<span className="break-words">{visibleText(request.reason)}</span>”.
				</>
			)}
		</>
	);
}

interface BannerProps {
	readonly tone: "plain" | "amber";
	readonly icon: ReactNode;
	readonly children: ReactNode;
}

function Banner({ tone, icon, children }: BannerProps) {
	const colours = tone === "amber" ? "border-amber-line bg-amber-soft text-amber-ink" : "border-line bg-canvas";
	return (
		<div
			role="status"
			data-tone={tone}
			className={`flex items-start gap-2.5 rounded-card border px-3 py-2.5 text-sm ${colours}`}
		>
			<span className="mt-0.5 shrink-0 text-ink-muted">{icon}</span>
			<p className="min-w-0">{children}</p>
		</div>
	);
}
