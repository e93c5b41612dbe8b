import type { Overview } from "../../server/wire.ts";

/** The one sentence that a person on call reads first, and how bad it is. */
export interface Headline {
	readonly tone: "bad" | "warn" | "good";
	readonly words: string;
	/** What they can do about it. */
	readonly way: string | null;
}

const HOUR_MS = 3_600_000;

/** Worst first: nothing can run, nobody runs some of it, things stand still, things fail, things are tried again. */
export function headlineOf(overview: Overview): Headline {
	const { now, attention, findings } = overview;
	if (findings.some(({ kind }) => kind === "no-worker")) {
		return { tone: "bad", words: "No worker is alive: nothing runs.", way: "Start a worker process." };
	}
	const unserved = findings.find(({ kind }) => kind === "unserved");
	if (unserved?.kind === "unserved") {
		const { nodes, workflow } = unserved.work;
		return {
			tone: "bad",
			words: `No live worker can run ${plural(nodes, "node")} of ${workflow}.`,
			way: "Start a worker with that version of the code and those tags.",
		};
	}
	const stalled = attention.stalled.filter(({ since }) => now - since >= HOUR_MS || since === 0);
	const orphan = attention.stalled.find(({ why }) => why === "orphan");
	if (orphan !== undefined) {
		return { tone: "bad", words: "An instance has no next move.", way: "Open it, and cancel it or report it." };
	}
	const { failedLastDay: failed, failuresCut } = attention;
	if (failed > 0) {
		return {
			tone: "bad",
			words: `${failuresCut ? "At least " : ""}${plural(failed, "instance")} failed in the last 24 hours.`,
			way: `Read the error, repair its cause, and retry ${failed === 1 ? "it" : "them"}.`,
		};
	}
	if (stalled.length > 0) {
		return {
			tone: "warn",
			words: `${plural(stalled.length, "instance")} waits for a worker for over an hour.`,
			way: "Look whether the workers are busy or stuck.",
		};
	}
	if (attention.retryingCount > 0) {
		return { tone: "warn", words: `${plural(attention.retryingCount, "node")} will be tried again.`, way: null };
	}
	return { tone: "good", words: "All is well: nothing failed lately, and nothing stands still.", way: null };
}

function plural(count: number, what: string): string {
	if (count === 1) return `1 ${what}`;
	return `${count > 10_000 ? "over 10,000" : count.toLocaleString("en-GB")} ${what}s`;
}
