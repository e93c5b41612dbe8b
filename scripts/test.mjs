import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { browserEnvironment, ensureBrowser } from "./browser.mjs";
import { build } from "./build.mjs";
import { ensureInstalled, ROOT } from "./install.mjs";
import { lineOf, oneFailure, readReport, sumOf, tallyOfPlaywright, tallyOfVitest } from "./test-report.mjs";

const USAGE = "npm test -- [--unit] [--e2e] [--no-build]: without --unit or --e2e both are run";

/** Longest time for all unit tests, and for all end-to-end tests. */
const LIMIT_MS = 20 * 60_000;

const REPORTS = join(ROOT, "test-results");
const VITEST_REPORT = join(REPORTS, "vitest.json");
const PLAYWRIGHT_REPORT = join(REPORTS, "playwright.json");

const options = readOptions();
ensureInstalled();
if (options.build) build();
rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });

const tallies = [];
if (options.unit) tallies.push(runVitest());
if (options.e2e) tallies.push(await runPlaywright());

const total = sumOf(tallies);
if (total.failures.length > 0) console.log(`\nFailures:\n${total.failures.map((text) => `- ${text}`).join("\n")}`);
if (total.passed + total.failed === 0) console.log("\nNot one test ran: that is a failure too.");
console.log(`\n${lineOf(total)}`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

function runVitest() {
	const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${VITEST_REPORT}`];
	const status = run("node_modules/vitest/vitest.mjs", args, {});
	const report = readReport(VITEST_REPORT);
	return report === null ? oneFailure("vitest left no report; see its output above") : tallyOfVitest(report, status);
}

async function runPlaywright() {
	let browser;
	try {
		browser = await ensureBrowser();
	} catch (error) {
		return oneFailure(`end-to-end tests: ${error instanceof Error ? error.message : error}`);
	}
	console.log(`\nEnd-to-end tests in ${browser.executablePath} (${browser.from})`);
	const env = { ...browserEnvironment(browser), PLAYWRIGHT_JSON_OUTPUT_NAME: PLAYWRIGHT_REPORT };
	const status = run("node_modules/@playwright/test/cli.js", ["test", "--reporter=list,json"], env);
	const report = readReport(PLAYWRIGHT_REPORT);
	return report === null ? oneFailure("playwright left no report; see above") : tallyOfPlaywright(report, status);
}

/**
 * @param {string} script
 * @param {readonly string[]} args
 * @param {Record<string, string>} env
 */
function run(script, args, env) {
	const result = spawnSync(process.execPath, [join(ROOT, script), ...args], {
		cwd: ROOT,
		stdio: ["ignore", "inherit", "inherit"],
		env: { ...process.env, ...env },
		timeout: LIMIT_MS,
		killSignal: "SIGTERM",
	});
	return result.status;
}

function readOptions() {
	try {
		const { values } = parseArgs({
			options: {
				unit: { type: "boolean", default: false },
				e2e: { type: "boolean", default: false },
				"no-build": { type: "boolean", default: false },
			},
		});
		const both = values.unit === values.e2e;
		return { unit: both || values.unit, e2e: both || values.e2e, build: !values["no-build"] };
	} catch (error) {
		console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
		process.exit(1);
	}
}
