import type { InstanceStatus } from "@waymark/engine/graph";
import { instanceStatus } from "../../components/status-table.ts";
import { visibleText } from "../../components/visible-text.ts";
import type { InstanceState } from "../../server/wire.ts";
import type { Announced } from "../../settings/settings.ts";

/** What a listener knows of the instance. */
export interface Heard {
	readonly status: InstanceStatus;
	readonly control: "none" | "pausing" | "cancelling";
	readonly done: number;
	readonly failures: number;
	readonly lastFailure: string | null;
}

export function heardOf({ snapshot: { instance, attempts, checkpoints } }: InstanceState): Heard {
	return {
		status: instance.status,
		control: instance.control,
		done: checkpoints.length,
		failures: attempts.length,
		lastFailure: attempts.at(-1)?.path ?? null,
	};
}

/** One sentence for everything since the last one: "3 nodes completed. An attempt of charge failed. Now paused." */
export function whatChanged(before: Heard, now: Heard, wanted: Announced = "all"): string | null {
	if (wanted === "none") return null;
	const sentences: string[] = [];
	const done = now.done - before.done;
	if (done > 0 && wanted === "all") sentences.push(`${done} ${done === 1 ? "node" : "nodes"} completed.`);
	const failed = now.failures - before.failures;
	if (failed === 1) sentences.push(`An attempt of ${visibleText(now.lastFailure ?? "a node")} failed.`);
	if (failed > 1) sentences.push(`${failed} attempts failed.`);
	if (now.control !== before.control && now.control !== "none") {
		sentences.push(now.control === "pausing" ? "Pausing." : "Cancelling.");
	}
	if (now.status !== before.status) sentences.push(`Now ${instanceStatus(now.status).word.toLowerCase()}.`);
	return sentences.length === 0 ? null : sentences.join(" ");
}
