import type { InstanceStatus, OpenState } from "@waymark/engine/graph";
import { instanceStatus, nodeStatus, type StatusEntry } from "../../components/status-table.ts";
import { isKnown, WORKER_SILENT } from "../../graph/interesting.ts";
import type { LostNodes } from "../../server/wire.ts";

/** As the list has it: see NodeActivity of the engine. */
interface Activity {
	readonly state: OpenState;
	readonly nodes: number;
	readonly path: string;
	readonly attempt: number;
	readonly nextAt: number | null;
	readonly signal: string | null;
}

/**
 * The status with what a person means by it: an instance that only waits for its next attempt is retrying,
 * and of one whose workers fell silent nobody knows whether it runs.
 */
export function shownStatus(
	status: InstanceStatus,
	activity: readonly Pick<Activity, "state" | "nodes">[],
	lost: Pick<LostNodes, "nodes"> | null,
): StatusEntry {
	const running = activity.reduce((sum, { state, nodes }) => sum + (state === "running" ? nodes : 0), 0);
	if (status === "in_progress" && lost !== null && lost.nodes >= running) return nodeStatus(WORKER_SILENT);
	const isRetrying = status === "waiting" && activity.some(({ state }) => state === "retrying");
	return isRetrying ? { look: "retrying", word: "Retrying" } : instanceStatus(status);
}

/** The states that tell most come first; one of them is shown in a row. */
const TELLING = [
	"retrying",
	"running",
	"ready",
	"awaiting_signal",
	"waiting",
	"joining",
] as const satisfies readonly OpenState[];

export interface NowWords {
	/** Path of the node. */
	readonly path: string;
	readonly words: string;
	/** When that goes on by itself; null: it has begun, or nobody knows. */
	readonly nextAt: number | null;
	/** Further open nodes of that instance. */
	readonly more: number;
}

/** What an instance does now, in a few words; null: nothing. */
export function nowWords(
	activity: readonly Activity[],
	lost: Pick<LostNodes, "path" | "nodes"> | null,
): NowWords | null {
	if (lost !== null) {
		const open = activity.reduce((sum, { state, nodes }) => sum + (state === "joining" ? 0 : nodes), 0);
		return { path: lost.path, words: "lost its worker", nextAt: null, more: Math.max(lost.nodes, open) - 1 };
	}
	const told = TELLING.map((state) => activity.find((one) => one.state === state)).find((one) => one !== undefined);
	const found = told ?? activity.find(({ state }) => isForeign(state));
	if (found === undefined) return null;
	const { state, path, attempt, signal, nextAt } = found;
	// A join only waits for the others.
	const nodes = activity.reduce(
		(sum, one) => sum + (one.state === "joining" && state !== "joining" ? 0 : one.nodes),
		0,
	);
	const timed = state === "retrying" || state === "waiting" || state === "awaiting_signal";
	return { path, words: wordsOf(state, attempt, signal), nextAt: timed ? nextAt : null, more: nodes - 1 };
}

/** A newer engine's. */
function isForeign(state: OpenState): state is never {
	return state !== "joining" && !isKnown(state);
}

function wordsOf(state: OpenState, attempt: number, signal: string | null): string {
	if (isForeign(state)) return nodeStatus(state).word.toLowerCase();
	switch (state) {
		case "retrying":
			return `attempt ${attempt}`;
		case "running":
			return attempt > 1 ? `attempt ${attempt} runs` : "runs";
		case "ready":
			return "is ready";
		case "awaiting_signal":
			return `awaits ${signal ?? "a signal"}`;
		case "waiting":
			return "waits";
		case "joining":
			return "waits for its branches";
		case "failed":
			return "failed";
		case "cancelled":
			return "was cancelled";
	}
}
