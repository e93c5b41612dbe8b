import { visibleText } from "../../components/visible-text.ts";
import type { Finding, Overview } from "../../server/wire.ts";

/** The one sentence that a person on call reads first, and how bad it is. */
export interface Headline {
	readonly tone: "bad" | "warn" | "good";
	readonly words: string;
	/** What they can do about it. */
	readonly way: string | null;
	/** Where they see more of it. */
	readonly href: string | null;
}

const HOUR_MS = 3_600_000;
const FAILED = "/instances?status=failed";

/** Worst first: nothing can run, nobody runs some of it, things stand still, things fail, things are tried again. */
export function headlineOf(overview: Overview): Headline {
	const { now, attention, findings, counts } = overview;
	const nobody = findings.find((finding) => finding.kind === "no-worker");
	const failed = failedWords(attention);
	const also = failed === null ? "." : `, and ${failed}.`;
	if (nobody?.isMissed === true) {
		const words = `No worker is alive: nothing runs${also}`;
		return { tone: "bad", words, way: "Start a worker process.", href: "/workers" };
	}
	const unserved = unservedOf(findings);
	if (unserved !== null) {
		return {
			tone: "bad",
			words: `No live worker can run ${unserved.words}${also}`,
			way: "Start a worker with that version of the code and those tags.",
			href: unserved.href,
		};
	}
	const orphan = attention.stalled.find(({ hold }) => hold.kind === "orphan");
	if (orphan !== undefined) {
		const href = `/instances/${encodeURIComponent(orphan.instance.instanceId)}`;
		return {
			tone: "bad",
			words: `An instance has no next move${also}`,
			way: "Open it, and cancel it or report it.",
			href,
		};
	}
	if (failed !== null) {
		const them = attention.failedLastDay === 1 ? "it" : "them";
		const way = `Read the error, repair its cause, and retry ${them}.`;
		return { tone: "bad", words: `${failed.charAt(0).toUpperCase()}${failed.slice(1)}.`, way, href: FAILED };
	}
	const stalled = attention.stalled.filter(({ since }) => now - since >= HOUR_MS || since === 0);
	if (stalled.length > 0) {
		return {
			tone: "warn",
			words: `${plural(stalled.length, "instance")} ${stalled.length === 1 ? "has" : "have"} stood still for over an hour.`,
			way: "Look whether the workers are busy or stuck.",
			href: "/workers",
		};
	}
	if (attention.retryingCount > 0) {
		const words = `${plural(attention.retryingCount, "node")} will be tried again.`;
		return { tone: "warn", words, way: null, href: "/instances?retries=now" };
	}
	if (Object.values(counts.byStatus).every((count) => count === 0)) {
		if (nobody === undefined) return good("Nothing was started yet, and a worker is ready.");
		const way = "Start a worker process, and then an instance.";
		return { tone: "warn", words: "Nothing was started yet, and no worker is alive.", way, href: "/workers" };
	}
	const calm = "All is well: nothing failed lately, and nothing stands still.";
	return nobody === undefined ? good(calm) : good("Nothing failed lately, and nothing is due. No worker is alive.");
}

function good(words: string): Headline {
	return { tone: "good", words, way: null, href: null };
}

function failedWords({ failedLastDay: failed, failuresCut }: Overview["attention"]): string | null {
	if (failed === 0) return null;
	return `${failuresCut ? "at least " : ""}${plural(failed, "instance")} failed in the last 24 hours`;
}

/** All of it in one: "19 nodes of campaign and needs-a-gpu". */
function unservedOf(findings: readonly Finding[]): { readonly words: string; readonly href: string } | null {
	const works = findings.flatMap((finding) => (finding.kind === "unserved" ? [finding.work] : []));
	const [first] = works;
	if (first === undefined) return null;
	const nodes = works.reduce((sum, work) => sum + work.nodes, 0);
	const workflows = [...new Set(works.map(({ workflow }) => visibleText(workflow)))];
	const of = workflows.length > 2 ? `${workflows.length} workflows` : workflows.join(" and ");
	const href = nodes === 1 ? `/instances/${encodeURIComponent(first.instanceId)}` : "/workers";
	return { words: `${plural(nodes, "node")} of ${of}`, href };
}

function plural(count: number, what: string): string {
	if (count === 1) return `1 ${what}`;
	return `${count > 10_000 ? "over 10,000" : count.toLocaleString("en-GB")} ${what}s`;
}
