"use client";

import { formatElapsed } from "../../time/format.ts";
import { LiveText } from "../../time/live-text.tsx";
import { unfrozenNow } from "../../time/ticker.ts";
import type { Connection } from "./connection.ts";

const DOT: Readonly<Record<Connection["kind"], string>> = {
	connecting: "text-ink-faint",
	live: "text-(--status-completed-solid) live-dot",
	reconnecting: "text-(--status-retrying-solid)",
	polling: "text-ink-faint",
	ended: "text-ink-faint",
};

const WORD: Readonly<Record<Connection["kind"], string>> = {
	connecting: "Connecting",
	live: "Live",
	reconnecting: "Reconnecting",
	polling: "Polling",
	ended: "Ended",
};

/** Says how the page hears of changes, and how old what it shows may be. */
export function ConnectionPill({ connection }: { readonly connection: Connection }) {
	const { kind } = connection;
	// Polling that gets no answer is no connection: said in grey and small, it would be taken for a working one.
	const isLost = connection.kind === "polling" && connection.failing;
	return (
		<span
			data-connection={kind}
			title={whyOf(connection)}
			className={`inline-flex h-6 shrink-0 items-center gap-1.5 whitespace-nowrap rounded-full border px-2 text-xs ${isLost || kind === "reconnecting" ? "border-amber-line bg-amber-soft text-amber-ink" : "border-line text-ink-muted"}`}
		>
			<span
				aria-hidden
				className={`size-1.5 rounded-full ${kind === "ended" ? "border border-current" : "bg-current"} ${isLost ? DOT.reconnecting : DOT[kind]}`}
			/>
			<span role="status">{isLost ? "Disconnected" : WORD[kind]}</span>
			{connection.kind === "reconnecting" ? <Ago since={connection.lostAt} /> : null}
			{isLost ? <Ago since={connection.lastAt} /> : null}
		</span>
	);
}

/** Real time on purpose: the page's own timers may be frozen by now. */
function Ago({ since }: { readonly since: number }) {
	return (
		<span aria-hidden>
			· <span className="max-sm:hidden">last update </span>
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
			return connection.failing
				? "The server does not answer. What you see may be old."
				: "The live connection does not work, so the state is fetched every 2 s.";
		case "ended":
			return "The instance is over: nothing more will change.";
	}
}
