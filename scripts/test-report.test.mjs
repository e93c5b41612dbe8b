import { describe, expect, it } from "vitest";
import { lineOf, oneFailure, sumOf, tallyOfPlaywright, tallyOfVitest } from "./test-report.mjs";

const passed = { status: "passed", fullName: "a works" };
const failed = { status: "failed", fullName: "b works", failureMessages: ["expected 1 to be 2"] };
const vitest = (testResults, counts) => ({ testResults, numPassedTests: 0, numPendingTests: 0, ...counts });

describe("the tally of vitest", () => {
	it("counts what passed, failed and was skipped", () => {
		const report = vitest([{ name: "x.test.ts", status: "failed", assertionResults: [passed, failed] }], {
			numPassedTests: 1,
			numPendingTests: 2,
		});
		const tally = tallyOfVitest(report, 1);
		expect(tally).toMatchObject({ passed: 1, failed: 1, skipped: 2 });
		expect(tally.failures[0]).toContain("expected 1 to be 2");
	});

	it("counts a file that could not be loaded as a failure", () => {
		const report = vitest([{ name: "x.test.ts", status: "failed", assertionResults: [], message: "no such module" }]);
		expect(tallyOfVitest(report, 1)).toMatchObject({ failed: 1 });
	});

	it("does not take an error outside of the tests for success", () => {
		const report = vitest([{ name: "x", status: "passed", assertionResults: [passed] }], { numPassedTests: 1 });
		expect(tallyOfVitest(report, 1)).toMatchObject({ passed: 1, failed: 1 });
		expect(tallyOfVitest(report, 0)).toMatchObject({ passed: 1, failed: 0 });
	});
});

describe("the tally of Playwright", () => {
	const spec = (status) => ({
		file: "x.spec.ts",
		line: 3,
		title: status,
		tests: [{ status, results: [{ error: { message: "timed out" } }] }],
	});

	it("counts nested suites, and a flaky test as failed", () => {
		const suites = [
			{ specs: [spec("expected")], suites: [{ specs: [spec("unexpected"), spec("flaky"), spec("skipped")] }] },
		];
		const tally = tallyOfPlaywright({ suites, errors: [] }, 1);
		expect(tally).toMatchObject({ passed: 1, failed: 2, skipped: 1 });
		expect(tally.failures[0]).toContain("timed out");
	});

	it("counts an error outside of the tests as a failure", () => {
		expect(tallyOfPlaywright({ suites: [], errors: [{ message: "no config" }] }, 1)).toMatchObject({ failed: 1 });
		expect(tallyOfPlaywright({ suites: [], errors: [] }, 1)).toMatchObject({ failed: 1 });
	});
});

describe("the last line", () => {
	it("has passed and failed always, and skipped only if any", () => {
		const one = { passed: 3, failed: 0, skipped: 0, failures: [] };
		expect(lineOf(one)).toBe("3 passed, 0 failed");
		expect(lineOf(sumOf([one, { ...one, skipped: 2 }, oneFailure("x")]))).toBe("6 passed, 1 failed, 2 skipped");
	});
});
