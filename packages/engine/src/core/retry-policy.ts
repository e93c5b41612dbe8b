import { type Duration, LONGEST_DURATION_MS, parseDuration } from "./duration.ts";
import type { RetryPolicy } from "./graph/continuation.ts";

/** How failed attempts are repeated. Attempt n is followed by a wait of `initialDelay × multiplier^(n−1)`, at most `maxDelay`. */
export interface RetryOptions {
	/** Total number of attempts, the first included. Default 3. */
	readonly maxAttempts?: number | undefined;
	/** Wait after the first attempt. Default 1 s. */
	readonly initialDelay?: Duration | undefined;
	/** 1 keeps the wait constant. Default 2. */
	readonly multiplier?: number | undefined;
	/** Longest single wait. Default: no cap. */
	readonly maxDelay?: Duration | undefined;
	/** Draw each wait uniformly from its upper half, so that many failures do not come back at one moment. Default false. */
	readonly jitter?: boolean | undefined;
}

const DEFAULT_RETRY: RetryPolicy = {
	maxAttempts: 3,
	initialDelayMs: 1_000,
	multiplier: 2,
	maxDelayMs: null,
	jitter: false,
};
const MOST_ATTEMPTS = 1_000_000;
const LARGEST_MULTIPLIER = 1_000;

/** The policy, and what is wrong with the options; a bad field keeps its default. */
export function readRetryOptions(options: RetryOptions): {
	readonly policy: RetryPolicy;
	readonly problems: readonly string[];
} {
	const problems: string[] = [];
	if (typeof options !== "object" || options === null) {
		return { policy: DEFAULT_RETRY, problems: ["retry must be an object such as { maxAttempts: 5 }"] };
	}
	const { maxAttempts = DEFAULT_RETRY.maxAttempts, multiplier = DEFAULT_RETRY.multiplier, jitter = false } = options;
	const delay = <Absent>(value: unknown, name: string, absent: Absent): number | Absent => {
		if (value === undefined) return absent;
		const parsed = parseDuration(value);
		if (parsed.ok) return parsed.ms;
		problems.push(`retry.${name}: ${parsed.problem}`);
		return absent;
	};
	if (!Number.isInteger(maxAttempts) || maxAttempts < 1 || maxAttempts > MOST_ATTEMPTS) {
		problems.push(`retry.maxAttempts must be a whole number from 1 to ${MOST_ATTEMPTS}`);
	}
	if (!(typeof multiplier === "number" && multiplier >= 1 && multiplier <= LARGEST_MULTIPLIER)) {
		problems.push(`retry.multiplier must be a number from 1 to ${LARGEST_MULTIPLIER}`);
	}
	if (typeof jitter !== "boolean") problems.push("retry.jitter must be true or false");
	const initialDelayMs = delay(options.initialDelay, "initialDelay", DEFAULT_RETRY.initialDelayMs);
	const maxDelayMs = delay(options.maxDelay, "maxDelay", DEFAULT_RETRY.maxDelayMs);
	if (problems.length > 0) return { policy: DEFAULT_RETRY, problems };
	return { policy: { maxAttempts, initialDelayMs, multiplier, maxDelayMs, jitter }, problems };
}

/**
 * Whole milliseconds to wait after the failed 1-based `attempt`.
 * `random` is in [0, 1) and comes from the caller; it counts only with jitter.
 */
export function backoffMs(policy: RetryPolicy, attempt: number, random: number): number {
	const cap = policy.maxDelayMs ?? LONGEST_DURATION_MS;
	const grown = policy.initialDelayMs * policy.multiplier ** (attempt - 1);
	// 0 × Infinity is NaN: no delay stays no delay however often it is multiplied.
	const delay = policy.initialDelayMs === 0 ? 0 : Math.min(grown, cap);
	return Math.round(policy.jitter ? delay / 2 + (random * delay) / 2 : delay);
}
