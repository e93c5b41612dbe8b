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
	return (
		<span
			data-connection={kind}
			title={whyOf(connection)}
			className="inline-flex h-6 items-center gap-1.5 rounded-full border border-line px-2 text-ink-muted text-xs"
		>
			<span
				aria-hidden
				className={`size-1.5 rounded-full ${kind === "ended" ? "border border-current" : "bg-current"} ${DOT[kind]}`}
			/>
			<span role="status">{WORD[kind]}</span>
			{connection.kind === "reconnecting" ? <Ago since={connection.lostAt} /> : null}
			{connection.kind === "polling" && connection.failing ? <Ago since={connection.lastAt} /> : null}
		</span>
	);
}

/** Real time on purpose: the page's own timers may be frozen by now. */
function Ago({ since }: { readonly since: number }) {
	return (
		<span aria-hidden className="hidden sm:inline">
			· last update <LiveText text={() => formatElapsed(unfrozenNow() - since)} /> ago
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
