"use client";

import { useSyncExternalStore } from "react";
import { useSettings } from "../settings/settings.ts";
import { formatClock, formatFull, formatRelative } from "../time/format.ts";
import { LiveText } from "../time/live-text.tsx";
import { serverNow } from "../time/ticker.ts";

const never = () => () => undefined;

/** False while the server renders and in the first client render, so that both agree. */
export function useHydrated(): boolean {
	return useSyncExternalStore(
		never,
		() => true,
		() => false,
	);
}

interface TimestampProps {
	/** Ms since the epoch. */
	readonly at: number;
	/** `clock`: 12:04:11; `relative`: 3 min ago, ticking. */
	readonly as?: "clock" | "relative";
	readonly className?: string;
}

/** A moment: short in place, complete on hover. UTC until the page knows the reader's zone. */
export function Timestamp({ at, as = "clock", className = "" }: TimestampProps) {
	const hydrated = useHydrated();
	// Read for its own sake: when the reader chooses another zone, every time is written anew.
	const { timeZone } = useSettings();
	const zone = !hydrated ? "UTC" : timeZone === "local" ? undefined : timeZone;
	return (
		<time
			dateTime={new Date(at).toISOString()}
			title={`${formatFull(at, zone)}\n${new Date(at).toISOString()}`}
			className={`whitespace-nowrap ${className}`}
			suppressHydrationWarning
		>
			{as === "relative" ? (
				<LiveText text={(now) => formatRelative(at, now)} />
			) : (
				formatClock(at, hydrated ? serverNow() : at, zone)
			)}
		</time>
	);
}
