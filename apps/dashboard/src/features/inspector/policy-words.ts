import type { GraphEntry, NodeView, RetryPolicy, TaskPolicy } from "@waymark/engine/graph";
import { formatDuration } from "../../time/format.ts";
import type { AttemptView } from "./attempt-list.ts";

/** "up to 5 attempts, ×2 from 1.00 s, at most 1m 00s, with jitter". */
export function retryWords(retry: RetryPolicy | null): string {
	if (retry === null || retry.maxAttempts === 1) return "one attempt";
	const growth = retry.multiplier === 1 ? "every" : `×${retry.multiplier} from`;
	const parts = [`up to ${retry.maxAttempts} attempts`, `${growth} ${plain(retry.initialDelayMs)}`];
	if (retry.maxDelayMs !== null && retry.multiplier !== 1) parts.push(`at most ${plain(retry.maxDelayMs)}`);
	if (retry.jitter) parts.push("with jitter");
	return parts.join(", ");
}

/**
 * "2 of 5". Where nothing is to be tried again, what was lost with its worker is all the same: more than one attempt is
 * no contradiction then.
 */
export function attemptWords(
	{ attempt, maxAttempts }: Pick<NodeView, "attempt" | "maxAttempts">,
	attempts: readonly Pick<AttemptView, "attempt" | "outcome">[],
): string {
	const of = maxAttempts ?? 1;
	if (attempt === 0) return `none yet, of ${of}`;
	if (attempt <= of) return `${attempt} of ${of}`;
	const lost = attempts.filter((one) => one.outcome === "lost" && one.attempt <= attempt).map((one) => one.attempt);
	if (lost.length === 0) return String(attempt);
	const numbers = [...new Set(lost)].sort((a, b) => a - b).join(", ");
	return lost.length === 1
		? `${attempt}, because attempt ${numbers} was lost with its worker`
		: `${attempt}, because attempts ${numbers} were lost with their workers`;
}

/** Configured durations are round: `1 s` rather than `1.00 s`, `1m` rather than `1m 00s`. */
export function plain(ms: number): string {
	return formatDuration(ms)
		.replace(/\.0+ s$/, " s")
		.replace(/(\.\d)0 s$/, "$1 s")
		.replace(/ 00[sm]$/, "")
		.replace(/ 0h$/, "");
}

/** The policy of what runs code; null for delays, signals, forks, loops and children. */
export function policyOf({ node, role }: GraphEntry): TaskPolicy | null {
	switch (node.kind) {
		case "task":
		case "route":
			return node.policy;
		case "fork":
			return role === "join" ? node.join.policy : null;
		case "delay":
		case "signal":
		case "loop":
		case "child":
			return null;
	}
}
