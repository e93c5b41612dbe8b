import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { turbo } from "./build.mjs";
import { ensureInstalled, ROOT } from "./install.mjs";
import { repositoryProblems } from "./repository-rules.mjs";

/**
 * Every gate but the tests, one after the other; all of them are run even if one fails.
 * Ends with `check: N passed, N failed`.
 */
ensureInstalled();

const GATES = [
	{
		headline: "Format, lint and layer boundaries (biome)",
		run: () => node("node_modules/@biomejs/biome/bin/biome", biomeArguments()),
	},
	{ headline: "Types of every workspace (tsc)", run: types },
	{
		headline: "Types of scripts and end-to-end tests (tsc)",
		run: () => node("node_modules/typescript/bin/tsc", ["--noEmit", "-p", "tsconfig.json"]),
	},
	{
		headline: "Dead code and dependencies (knip)",
		run: () => node("node_modules/knip/bin/knip.js", ["--no-progress"]),
	},
	{ headline: "Rules of the repository", run: repositoryRules },
];

const failed = GATES.filter(({ headline, run }) => {
	const began = Date.now();
	console.log(`\n── ${headline}`);
	const ok = run();
	console.log(`${ok ? "ok" : "FAILED"} in ${((Date.now() - began) / 1000).toFixed(1)} s`);
	return !ok;
});

for (const { headline } of failed) console.log(`\nfailed: ${headline}`);
console.log(`\ncheck: ${GATES.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;

function biomeArguments() {
	// Biome finds what git ignores by .git, which a downloaded archive has not.
	const git = existsSync(join(ROOT, ".git")) ? [] : ["--vcs-enabled=false"];
	const colours = process.stdout.isTTY ? [] : ["--colors=off"];
	return ["ci", "--error-on-warnings", ...colours, ...git, "."];
}

function types() {
	const result = turbo(["run", "types", "--output-logs=errors-only", "--log-order=grouped", "--continue"], false);
	if (result.status !== 0) console.log(`${result.stdout}${result.stderr}`);
	return result.status === 0;
}

function repositoryRules() {
	const problems = repositoryProblems(ROOT);
	for (const problem of problems) console.log(problem);
	return problems.length === 0;
}

/**
 * @param {string} script
 * @param {readonly string[]} args
 */
function node(script, args) {
	const options = {
		cwd: ROOT,
		stdio: /** @type {import("node:child_process").StdioOptions} */ (["ignore", "inherit", "inherit"]),
	};
	return spawnSync(process.execPath, [join(ROOT, script), ...args], options).status === 0;
}
