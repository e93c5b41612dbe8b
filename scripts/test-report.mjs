import { readFileSync } from "node:fs";

/**
 * What a run of tests came to.
 * @typedef {{ passed: number, failed: number, skipped: number, failures: string[] }} Tally
 */

/**
 * Of vitest's JSON report. A file that could not be loaded counts as one failure.
 * @param {any} report
 * @param {number | null} exitCode of vitest: an error outside of any test leaves no trace in the report but here
 * @returns {Tally}
 */
export function tallyOfVitest(report, exitCode) {
	const failures = [];
	for (const file of report.testResults) {
		const failed = file.assertionResults.filter((/** @type {any} */ test) => test.status === "failed");
		for (const test of failed)
			failures.push(`${file.name} > ${test.fullName}\n${firstLines(test.failureMessages?.[0])}`);
		if (file.status === "failed" && failed.length === 0) failures.push(`${file.name}\n${firstLines(file.message)}`);
	}
	if (exitCode !== 0 && failures.length === 0) {
		failures.push("vitest reports an error outside of the tests; see its output above");
	}
	const skipped = report.numPendingTests + (report.numTodoTests ?? 0);
	return { passed: report.numPassedTests, failed: failures.length, skipped, failures };
}

/**
 * Of Playwright's JSON report. A retry that passed counts as failed: a test that is sometimes right is wrong.
 * @param {any} report
 * @param {number | null} exitCode
 * @returns {Tally}
 */
export function tallyOfPlaywright(report, exitCode) {
	/** @type {Tally} */
	const tally = { passed: 0, failed: 0, skipped: 0, failures: [] };
	for (const { spec, test } of testsOf(report.suites)) {
		if (test.status === "expected") tally.passed += 1;
		else if (test.status === "skipped") tally.skipped += 1;
		else {
			const error = test.results.findLast((/** @type {any} */ result) => result.error)?.error?.message;
			tally.failures.push(`${spec.file}:${spec.line} > ${spec.title}\n${firstLines(error)}`);
		}
	}
	for (const error of report.errors) tally.failures.push(`playwright\n${firstLines(error.message)}`);
	if (exitCode !== 0 && tally.failures.length === 0) tally.failures.push("playwright ended with an error; see above");
	return { ...tally, failed: tally.failures.length };
}

/**
 * A run that left no report.
 * @param {string} message
 * @returns {Tally}
 */
export function oneFailure(message) {
	return { passed: 0, failed: 1, skipped: 0, failures: [message] };
}

/**
 * @param {readonly Tally[]} tallies
 * @returns {Tally}
 */
export function sumOf(tallies) {
	return {
		passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
		failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
		skipped: tallies.reduce((sum, { skipped }) => sum + skipped, 0),
		failures: tallies.flatMap(({ failures }) => failures),
	};
}

/**
 * `N passed, N failed`, with `, N skipped` if any.
 * @param {Tally} tally
 */
export function lineOf({ passed, failed, skipped }) {
	return `${passed} passed, ${failed} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`;
}

/**
 * Null if there is none, or half of one.
 * @param {string} path
 */
export function readReport(path) {
	try {
		return JSON.parse(readFileSync(path, "utf8"));
	} catch {
		return null;
	}
}

/**
 * @param {readonly any[]} suites
 * @returns {Generator<{ spec: any, test: any }>}
 */
function* testsOf(suites) {
	for (const suite of suites) {
		for (const spec of suite.specs ?? []) for (const test of spec.tests) yield { spec, test };
		yield* testsOf(suite.suites ?? []);
	}
}

/** @param {string | undefined} text */
function firstLines(text) {
	return (text ?? "no message")
		.split("\n")
		.slice(0, 12)
		.map((line) => `    ${line}`)
		.join("\n");
}
