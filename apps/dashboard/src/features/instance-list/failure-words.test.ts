import { expect, it } from "vitest";
import { instanceAt } from "../live/testing/snapshots.ts";
import { failureWords } from "./failure-words.ts";

const failed = (message: string, failedPath: string | null = "send/customer_005/send") =>
	instanceAt(4, {
		status: "failed",
		failedPath,
		error: { name: "RangeError", message, stack: null, code: null, cause: null },
	});

it("says class and message of the error, and where, so that one line tells why", () => {
	expect(failureWords(failed("no such mailbox"))).toEqual({
		path: "send/customer_005/send",
		words: "RangeError: no such mailbox",
		whole: "RangeError in send/customer_005/send: no such mailbox",
	});
});

it("says the first line of a long message, and all of it in the hint as far as a hint goes", () => {
	const told = failureWords(failed(`first\nsecond ${"x".repeat(500)}`, null));
	expect(told?.words).toBe("RangeError: first");
	expect(told?.whole).toMatch(/^RangeError: first\nsecond x+$/);
	expect(told?.whole).toHaveLength(300);
});

it("says the class alone where there is no message, and nothing of what has not failed", () => {
	expect(failureWords(failed(""))?.words).toBe("RangeError");
	expect(failureWords(instanceAt(4))).toBeNull();
});
