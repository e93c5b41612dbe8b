"use client";

import { useEffect } from "react";
import { freezeTicker, unfrozenNow } from "../../time/ticker.ts";
import { type Connection, frozenSince, STALE_MS } from "./connection.ts";

/**
 * Timers that run on while nothing is heard would claim to know what they do not: they stand still once one of the
 * page's connections has been silent for too long.
 */
export function useFrozenTimers(connections: readonly Connection[]): void {
	const still = connections.flatMap((connection) => frozenSince(connection) ?? []);
	const since = still.length === 0 ? null : Math.min(...still.map((one) => one.since));
	const atOnce = still.some((one) => one.atOnce);
	useEffect(() => {
		if (since === null) {
			freezeTicker(null);
			return undefined;
		}
		const wait = atOnce ? 0 : Math.max(0, since + STALE_MS - unfrozenNow());
		const timer = setTimeout(() => freezeTicker(since), wait);
		return () => clearTimeout(timer);
	}, [since, atOnce]);
	useEffect(() => () => freezeTicker(null), []);
}
