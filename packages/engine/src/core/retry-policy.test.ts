import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LONGEST_DURATION_MS } from "./duration.ts";
import type { RetryPolicy } from "./graph/continuation.ts";
import { backoffMs, type RetryOptions, readRetryOptions } from "./retry-policy.ts";

const policyOf = (options: RetryOptions): RetryPolicy => readRetryOptions(options).policy;

describe("readRetryOptions", () => {
	it("has three attempts, a second, doubling, no cap and no jitter by default", () => {
		expect(readRetryOptions({})).toEqual({
			policy: { maxAttempts: 3, initialDelayMs: 1_000, multiplier: 2, maxDelayMs: null, jitter: false },
			problems: [],
		});
	});

	it("takes every option", () => {
		const options = { maxAttempts: 5, initialDelay: "2s", multiplier: 1.5, maxDelay: "1m", jitter: true } as const;
		expect(policyOf(options)).toEqual({
			maxAttempts: 5,
			initialDelayMs: 2_000,
			multiplier: 1.5,
			maxDelayMs: 60_000,
			jitter: true,
		});
	});

	it("names every bad option at once", () => {
		const options = { maxAttempts: 0, initialDelay: -1, multiplier: 0.5, maxDelay: "soon", jitter: 1 };
		const { problems } = readRetryOptions(options as unknown as RetryOptions);
		expect(problems).toHaveLength(5);
		for (const name of Object.keys(options)) expect(problems.join("\n")).toContain(`retry.${name}`);
	});

	it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "3", 1_000_001])("refuses %s attempts", (maxAttempts) => {
		expect(readRetryOptions({ maxAttempts } as RetryOptions).problems).toHaveLength(1);
	});

	it.each([null, 5, "3 times", []])("refuses %j unless it holds options", (options) => {
		const { policy } = readRetryOptions(options as unknown as RetryOptions);
		expect(policy.maxAttempts).toBe(3);
	});
});

describe("backoffMs", () => {
	it("grows by the multiplier and stops at the cap", () => {
		const policy = policyOf({ initialDelay: "1s", multiplier: 2, maxDelay: "5s" });
		expect([1, 2, 3, 4, 50].map((attempt) => backoffMs(policy, attempt, 0.9))).toEqual([
			1_000, 2_000, 4_000, 5_000, 5_000,
		]);
	});

	it("stays finite without a cap, and stays 0 when it begins with 0", () => {
		expect(backoffMs(policyOf({ multiplier: 1000 }), 100_000, 0)).toBe(LONGEST_DURATION_MS);
		expect(backoffMs(policyOf({ initialDelay: 0, multiplier: 1000 }), 100_000, 0)).toBe(0);
	});

	it("draws from the upper half with jitter", () => {
		const policy = policyOf({ initialDelay: "1s", jitter: true });
		expect([0, 0.5, 0.999].map((random) => backoffMs(policy, 1, random))).toEqual([500, 750, 1_000]);
	});

	it("is a whole number within its bounds and never falls from one attempt to the next", () => {
		const policies = fc.record({
			initialDelay: fc.nat(1_000_000),
			multiplier: fc.double({ min: 1, max: 1_000, noNaN: true }),
			maxDelay: fc.option(fc.nat(10_000_000), { nil: undefined }),
		});
		fc.assert(
			fc.property(policies, fc.integer({ min: 1, max: 5_000 }), (options, attempt) => {
				const policy = policyOf(options);
				const [now, next] = [backoffMs(policy, attempt, 0), backoffMs(policy, attempt + 1, 0)];
				expect(Number.isInteger(now)).toBe(true);
				expect(now).toBeLessThanOrEqual(options.maxDelay ?? LONGEST_DURATION_MS);
				expect(next).toBeGreaterThanOrEqual(now);
			}),
		);
	});
});
