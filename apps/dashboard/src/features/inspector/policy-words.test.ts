import { describe, expect, it } from "vitest";
import { attemptWords, plain, retryWords } from "./policy-words.ts";

describe("retryWords", () => {
	const policy = { maxAttempts: 5, initialDelayMs: 1_000, multiplier: 2, maxDelayMs: 60_000, jitter: false };

	it("says how often, how fast it grows and where it ends", () => {
		expect(retryWords(policy)).toBe("up to 5 attempts, ×2 from 1 s, at most 1m");
		expect(retryWords({ ...policy, jitter: true })).toBe("up to 5 attempts, ×2 from 1 s, at most 1m, with jitter");
		expect(retryWords({ ...policy, multiplier: 1, maxDelayMs: null })).toBe("up to 5 attempts, every 1 s");
	});

	it("says one attempt without a policy", () => {
		expect(retryWords(null)).toBe("one attempt");
		expect(retryWords({ ...policy, maxAttempts: 1 })).toBe("one attempt");
	});
});

describe("plain", () => {
	it("leaves out zeros that say nothing, and no others", () => {
		expect([500, 1_000, 1_500, 30_000, 60_000, 90_000, 7_200_000, 172_800_000].map(plain)).toEqual([
			...["500 ms", "1 s", "1.5 s", "30 s", "1m", "1m 30s", "2h", "2d"],
		]);
	});
});

it("says of more attempts than the policy has that workers were lost, and counts the others against it", () => {
	const lost = { attempt: 1, outcome: "lost" } as const;
	expect(attemptWords({ attempt: 0, maxAttempts: 3 }, [])).toBe("none yet, of 3");
	expect(attemptWords({ attempt: 2, maxAttempts: 5 }, [lost])).toBe("2 of 5");
	expect(attemptWords({ attempt: 2, maxAttempts: 1 }, [{ attempt: 2, outcome: "running" }, lost])).toBe(
		"2, because attempt 1 was lost with its worker",
	);
	expect(attemptWords({ attempt: 3, maxAttempts: 1 }, [{ attempt: 2, outcome: "lost" }, lost])).toBe(
		"3, because attempts 1, 2 were lost with their workers",
	);
});
