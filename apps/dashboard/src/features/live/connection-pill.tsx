"use client";

import { Pause, Play } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Timestamp } from "../../components/timestamp.tsx";
import { Tooltip } from "../../components/tooltip.tsx";
import { formatElapsed } from "../../time/format.ts";
import { LiveText } from "../../time/live-text.tsx";
import { onTick, unfrozenNow } from "../../time/ticker.ts";
import { type Connection, STALE_MS, silentSince } from "./connection.ts";

const DOT: Readonly<Record<Connection["kind"], string>> = {
	connecting: "text-ink-faint bg-current",
	live: "text-(--status-completed-solid) bg-current live-dot",
	reconnecting: "text-(--status-retrying-solid) bg-current",
	polling: "text-ink-faint bg-current",
	"signed-out": "text-(--status-retrying-solid) border border-current",
	paused: "text-(--status-paused-solid) border border-current",
	ended: "border border-current",
	gone: "text-(--status-retrying-solid) border border-current",
};

const WORD: Readonly<Record<Connection["kind"], string>> = {
	connecting: "Connecting",
	live: "Live",
	reconnecting: "Reconnecting…",
	polling: "Polling",
	"signed-out": "Signed out",
	paused: "Paused by you",
	ended: "Ended",
	gone: "Deleted",
};

interface ConnectionPillProps {
	readonly connection: Connection;
	/** Absent where nothing can be paused. */
	readonly onPause?: (paused: boolean) => void;
}

/** Says how the page hears of changes, and how old what it shows may be. */
export function ConnectionPill({ connection, onPause }: ConnectionPillProps) {
	const { kind } = connection;
	// Polling that gets no answer is no connection: said in grey and small, it would be taken for a working one.
	const isLost = connection.kind === "polling" && connection.failing;
	const isAmber = isLost || kind === "reconnecting" || kind === "gone" || kind === "signed-out";
	const since = silentSince(connection);
	const canPause = onPause !== undefined && kind !== "ended" && kind !== "signed-out" && kind !== "gone";
	return (
		<span className="inline-flex shrink-0 items-center gap-1">
			<span
				data-connection={kind}
				title={whyOf(connection)}
				className={`inline-flex h-6 items-center gap-1.5 whitespace-nowrap rounded-full border px-2 text-xs ${isAmber ? "border-amber-line bg-amber-soft text-amber-ink" : "border-line text-ink-muted"}`}
			>
				<span aria-hidden className={`size-1.5 rounded-full ${isLost ? DOT.reconnecting : DOT[kind]}`} />
				<span role="status">{isLost ? "Disconnected" : WORD[kind]}</span>
				{since === null ? null : <Age since={since} isPaused={kind === "paused"} />}
			</span>
			{canPause ? (
				<Tooltip content={kind === "paused" ? "Show changes again as they happen" : "Stand still: show no changes"}>
					<button
						type="button"
						aria-label={kind === "paused" ? "Go live" : "Pause updates"}
						onClick={() => onPause(kind !== "paused")}
						className="inline-flex size-6 items-center justify-center rounded-control text-ink-faint hover:bg-hover hover:text-ink"
					>
						{kind === "paused" ? <Play aria-hidden size={13} /> : <Pause aria-hidden size={13} />}
					</button>
				</Tooltip>
			) : null}
		</span>
	);
}

/** Real time on purpose: the page's own timers may be frozen by now, and then it says at which moment. */
function Age({ since, isPaused }: { readonly since: number; readonly isPaused: boolean }) {
	const frozen = useSyncExternalStore(
		onTick,
		() => isPaused || unfrozenNow() - since >= STALE_MS,
		() => isPaused,
	);
	if (frozen) {
		return (
			<span data-as-of>
				· as of <Timestamp at={since} />
			</span>
		);
	}
	return (
		<span aria-hidden>
			<span className="max-sm:hidden">last update </span>
			<LiveText text={() => formatElapsed(unfrozenNow() - since)} /> ago
		</span>
	);
}

function whyOf(connection: Connection): string {
	switch (connection.kind) {
		case "connecting":
			return "Opening the live connection.";
		case "live":
			return "Changes appear here as they are committed.";
		case "reconnecting":
			return "The live connection was lost. What you see may be old; it is being opened again.";
		case "polling":
			if (connection.failing) return "The server does not answer. What you see may be old.";
			return `${connection.crowded ? "Other tabs have all the live connections that a browser may have" : "The live connection does not work"}, so the state is fetched every ${connection.everyMs / 1_000} s. It is tried again every minute.`;
		case "signed-out":
			return "The server asks you to sign in again. What you see may be old, and nothing new is fetched until then.";
		case "paused":
			return "You asked the page to stand still. The instance itself goes on.";
		case "ended":
			return "The instance is over: nothing more will change.";
		case "gone":
			return "The instance was deleted. What you see is what was last known of it.";
	}
}
