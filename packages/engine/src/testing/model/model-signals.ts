import type { SignalCommand, SignalResult } from "../../backend/commands.ts";
import { comparable } from "./behaviour.ts";
import { decoded } from "./compare-step.ts";
import { insist } from "./contradiction.ts";
import type { ModelRun } from "./model-run.ts";

/** Judges the answer to a signal for the newest run of its instance, and puts the signal into the run's inbox. */
export function signalled(run: ModelRun, command: SignalCommand, result: SignalResult, now: number): void {
	const { signalId, name, idempotencyKey: key } = command;
	const { instanceId, rows } = run;
	const payload = decoded(command.payload);
	const earlier = rows.signals.find((one) => one.signalId === signalId || (key !== null && one.key === key));
	if (earlier !== undefined) {
		const isAlike = earlier.name === name && comparable(earlier.payload) === comparable(payload);
		const expected = earlier.signalId === signalId || isAlike ? "stored" : "key_conflict";
		insist(result.kind === expected, "I25", () => `a repeated signal was ${result.kind}, not ${expected}`);
		return;
	}
	const isOver = run.status !== "live";
	if (result.kind === "finished") {
		insist(isOver || run.isCancelWanted, "I21", () => `a signal for ${instanceId} was refused while it was live`);
		return;
	}
	insist(!isOver, "I21", () => `a signal for ${instanceId} was ${result.kind} although it is ${run.status}`);
	insist(result.kind === "stored", "I21", () => `a signal for ${instanceId} was ${result.kind}`);
	const stored = rows.receive({ signalId, name, payload, key }, now);
	const expected = stored.reservedFor;
	insist(result.reservedFor === expected, "I24", () => `${name} went to ${result.reservedFor}, not ${expected}`);
}
