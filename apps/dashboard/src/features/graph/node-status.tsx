import type { NodeView } from "@waymark/engine/graph";
import { StatusIcon } from "../../components/status.tsx";
import { begunAttempts } from "../../graph/begun-attempts.ts";
import { showsInside } from "../../graph/interesting.ts";
import { formatCountdown, formatDuration } from "../../time/format.ts";
import { Countdown, Elapsed, LiveText } from "../../time/live-text.tsx";
import { useSilence } from "../workers/service.tsx";
import { useNodeEntry } from "./node-entry.ts";

/** Icon and word of a state, and what it waits for: "Retrying · next in 0:17". */
export function NodeStatus({ view, size = 13 }: { readonly view: NodeView; readonly size?: number }) {
	const { look, word } = useNodeEntry(view);
	return (
		<span
			className="flex min-w-0 items-center gap-1 whitespace-nowrap font-medium"
			style={{ color: `var(--status-${look}-text)` }}
		>
			<StatusIcon look={look} size={size} />
			<span className="truncate">
				{word}
				<StateDetail view={view} />
			</span>
		</span>
	);
}

function StateDetail({ view }: { readonly view: NodeView }) {
	if (view.kind === "join" && view.branches !== null && view.state === "pending" && view.branches.ended > 0) {
		return ` · ${view.branches.ended}/${view.branches.total}`;
	}
	if (view.chosen !== null && view.kind === "route") return ` · ${view.chosen}`;
	const { dueAt } = view;
	if (dueAt === null) return null;
	if (view.state === "retrying")
		return (
			<>
				{" "}
				· <LiveText className="max-sm:hidden" text={(now) => (dueAt > now ? "next in " : "next is ")} />
				<LiveText text={(now) => (dueAt > now ? formatCountdown(dueAt - now) : "due")} />
			</>
		);
	if (view.state === "waiting")
		return (
			<>
				{" "}
				· <Countdown to={dueAt} />
			</>
		);
	return null;
}

/**
 * How long it took, or has been taking. Nothing for nodes that have not begun, nor for those that look like what
 * happens inside them: their record tells of one step only.
 */
export function NodeDuration({ view }: { readonly view: NodeView }) {
	const silence = useSilence(view);
	if (view.startedAt === null || isWait(view) || showsInside(view)) return null;
	if (silence !== null) return <AtLeast ms={silence.heartbeatAt - view.startedAt} />;
	if (view.state === "running") return <Elapsed from={view.startedAt} className="tabular-nums" />;
	if (view.finishedAt === null || view.state === "pending" || view.state === "skipped") return null;
	return <span className="tabular-nums">{formatDuration(view.finishedAt - view.startedAt)}</span>;
}

/** Up to when its worker was last heard of. */
function AtLeast({ ms }: { readonly ms: number }) {
	return (
		<span className="tabular-nums" title="When its worker last reported">
			<span className="sr-only">at least </span>
			<span aria-hidden>≥ </span>
			{formatDuration(ms)}
		</span>
	);
}

/** `2/5` once there was more than one attempt. */
export function AttemptBadge({ view }: { readonly view: NodeView }) {
	if (view.attempt <= 1) return null;
	const begun = begunAttempts(view);
	const text = view.maxAttempts === null || view.maxAttempts < begun ? `${begun}` : `${begun}/${view.maxAttempts}`;
	return (
		<span className="plan-badge" title={begun === 1 ? "1 attempt so far" : `${begun} attempts so far`}>
			<span aria-hidden>↻ </span>
			{text}
		</span>
	);
}

/** Delays and signals take no worker's time: their record only says when they ended. */
export function isWait(view: NodeView): boolean {
	return view.kind === "delay" || view.kind === "signal";
}
