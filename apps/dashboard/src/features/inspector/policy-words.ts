import type { GraphEntry, RetryPolicy, TaskPolicy } from "@waymark/engine/graph";
import { formatDuration } from "../../time/format.ts";

/** "up to 5 attempts, ×2 from 1.00 s, at most 1m 00s, with jitter". */
export function retryWords(retry: RetryPolicy | null): string {
	if (retry === null || retry.maxAttempts === 1) return "one attempt";
	const growth = retry.multiplier === 1 ? "every" : `×${retry.multiplier} from`;
	const parts = [`up to ${retry.maxAttempts} attempts`, `${growth} ${plain(retry.initialDelayMs)}`];
	if (retry.maxDelayMs !== null && retry.multiplier !== 1) parts.push(`at most ${plain(retry.maxDelayMs)}`);
	if (retry.jitter) parts.push("with jitter");
	return parts.join(", ");
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
