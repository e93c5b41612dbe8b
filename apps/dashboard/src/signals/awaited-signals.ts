import type { OpenNodeRecord } from "@waymark/engine/backend";
import type { AwaitedSignal } from "../server/wire.ts";

/**
 * Who takes the next signal of each name, as the engine decides it: the wait that was opened first and whose timeout has
 * not passed, whichever of them a person had in mind.
 */
export function awaitedSignals(openNodes: readonly OpenNodeRecord[], now: number): readonly AwaitedSignal[] {
	const found = new Map<string, AwaitedSignal>();
	for (const { state, signal, path, dueAt } of openNodes) {
		if (state !== "awaiting_signal" || signal === null || (dueAt !== null && dueAt <= now)) continue;
		const first = found.get(signal);
		found.set(
			signal,
			first === undefined ? { signal, takenBy: path, others: 0 } : { ...first, others: first.others + 1 },
		);
	}
	return [...found.values()];
}
