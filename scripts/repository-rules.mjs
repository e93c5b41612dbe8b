import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { missingOptional } from "./complete-lockfile.mjs";

/** Ignored where there is no git to ask. */
const NOT_OURS = new Set([
	"node_modules",
	"dist",
	".git",
	".next",
	".turbo",
	".waymark",
	"generated",
	"test-results",
	"coverage",
]);

const TEXT =
	/\.(?:[cm]?[jt]sx?|json|md|css|prisma|sql|grit|toml|ya?ml|svg|sh)$|(?:^|\/)(?:\.npmrc|\.gitignore|run|LICENSE)$/;

/** These name import patterns as they stand in other files, not paths of their own. */
const NAMES_PATTERNS = new Set(["biome.json", "scripts/lint/boundaries.test.mjs"]);

/**
 * What no linter looks for, as lines for people; empty if all is well.
 * @param {string} root
 */
export function repositoryProblems(root) {
	return filesOf(root)
		.filter((path) => TEXT.test(path) && existsSync(join(root, path)))
		.flatMap((path) => problemsOf(root, path, readFileSync(join(root, path), "utf8")));
}

/**
 * The problems of one file.
 * @param {string} root
 * @param {string} path from the root
 * @param {string} text
 * @returns {string[]}
 */
export function problemsOf(root, path, text) {
	if (path === "package-lock.json") return lockfileProblems(text);
	return [
		...pathsThatLeave(path, text).map((found) => `${path}: "${found}" leads out of the repository`),
		...machinePaths(text).map((found) => `${path}: "${found}" exists on one machine only`),
		...(path.endsWith(".md") ? brokenLinks(root, path, text) : []),
	];
}

/** @param {string} text */
function lockfileProblems(text) {
	const hosts = new Set(text.match(/"resolved": "[a-z+]+:\/\/[^/"]+/g));
	const missing = missingOptional(JSON.parse(text));
	return [
		...[...hosts].map(
			(found) => `package-lock.json: ${found}" names a download host; install with the repository's .npmrc`,
		),
		...missing.map(({ name }) => `package-lock.json: lacks ${name}; run node scripts/complete-lockfile.mjs`),
	];
}

/**
 * @param {string} path
 * @param {string} text
 */
function pathsThatLeave(path, text) {
	if (NAMES_PATTERNS.has(path)) return [];
	const folder = dirname(path);
	const climbing = text.match(/(?<![\w./*])(?:\.\.\/)+[\w.@-]+/g) ?? [];
	return climbing.filter((found) => resolve("/repository", folder, found).split("/")[1] !== "repository");
}

/** @param {string} text */
function machinePaths(text) {
	return text.match(/(?<=["'`\s(=:])\/(?:work|home|Users|root)\/[\w.-]+/g) ?? [];
}

/**
 * @param {string} root
 * @param {string} path
 * @param {string} text
 */
function brokenLinks(root, path, text) {
	const targets = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map((match) => match[1] ?? "");
	return targets
		.filter((target) => !/^[a-z]+:/.test(target) && !existsSync(join(root, dirname(path), target)))
		.map((target) => `${path}: the link to ${target} leads nowhere`);
}

/** @param {string} root */
function filesOf(root) {
	try {
		const options = {
			cwd: root,
			encoding: /** @type {const} */ ("utf8"),
			maxBuffer: 64 * 1024 * 1024,
			stdio: /** @type {import("node:child_process").StdioOptions} */ (["ignore", "pipe", "ignore"]),
		};
		return execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], options)
			.split("\0")
			.filter(Boolean);
	} catch {
		return [...walk(root, root)];
	}
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {Generator<string>}
 */
function* walk(root, folder) {
	for (const name of readdirSync(folder)) {
		if (NOT_OURS.has(name)) continue;
		const path = join(folder, name);
		if (statSync(path).isDirectory()) yield* walk(root, path);
		else yield relative(root, path);
	}
}
