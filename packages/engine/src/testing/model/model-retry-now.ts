import type { ControlResult } from "../../backend/commands.ts";
import { insist } from "./contradiction.ts";
import type { ModelRun } from "./model-run.ts";

/** Judges the answer to a retry of one node at once, for the newest run of its instance, and ends that node's backoff. */
export function retriedNow(run: ModelRun, path: string, result: ControlResult, now: number): void {
	const row = run.rows.open.get(path);
	const isHeld = run.isPauseWanted || run.isCancelWanted;
	const isInBackoff = row?.state === "retrying";
	if (result.kind === "conflict") {
		const why = () => `a retry of ${path} at once was refused although it is in backoff: ${result.because}`;
		insist(isHeld || !isInBackoff, "I8", why);
		return;
	}
	if (result.kind !== "accepted") return;
	insist(!isHeld, "I17", () => `${path} was tried at once in a run that is held`);
	insist(isInBackoff, "I8", () => `${path} was tried at once although it is ${row?.state ?? "not open"}`);
	const waits = (row.dueAt ?? now) > now;
	insist(result.changed === waits, "I8", () => `the wait of ${path} was cut short: ${result.changed}, not ${waits}`);
	if (waits) row.dueAt = now;
}
