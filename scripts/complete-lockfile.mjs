import { readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * npm leaves packages of other platforms out of package-lock.json when the registry in use does not have them, and then
 * `npm ci` refuses that file, here and everywhere. This adds them: `node scripts/complete-lockfile.mjs`. What it cannot
 * know (their hash) npm fills in where it installs them.
 *
 * @typedef {{ version?: string, optional?: boolean, dev?: boolean, cpu?: string[], os?: string[], libc?: string[], optionalDependencies?: Record<string, string> }} Entry
 * @typedef {{ packages: Record<string, Entry> }} Lockfile
 */

/** Names of platforms in package names, and what npm calls them. */
const OS = {
	android: "android",
	darwin: "darwin",
	linux: "linux",
	win32: "win32",
	windows: "win32",
	freebsd: "freebsd",
	openharmony: "openharmony",
};
const CPU = {
	arm64: "arm64",
	aarch64: "arm64",
	x64: "x64",
	64: "x64",
	ia32: "ia32",
	arm: "arm",
	ppc64: "ppc64",
	riscv64: "riscv64",
	s390x: "s390x",
	wasm32: "wasm32",
};

/**
 * Optional dependencies that have no entry.
 * @param {Lockfile} lockfile
 * @returns {{ name: string, version: string, dev: boolean }[]}
 */
export function missingOptional({ packages }) {
	return Object.entries(packages).flatMap(([path, { optionalDependencies = {}, dev = false }]) =>
		Object.entries(optionalDependencies)
			.filter(([name]) => !isReachable(packages, path, name))
			.map(([name, wanted]) => ({ name, version: wanted.replace(/^[\^~]/, ""), dev })),
	);
}

/**
 * Whether a package at `path` finds `name`, in its own node_modules or in one above.
 * @param {Lockfile["packages"]} packages
 * @param {string} path
 * @param {string} name
 */
function isReachable(packages, path, name) {
	for (let at = path; at !== ""; at = at.slice(0, Math.max(at.lastIndexOf("/node_modules/"), 0))) {
		if (packages[`${at}/node_modules/${name}`] !== undefined) return true;
	}
	return packages[`node_modules/${name}`] !== undefined;
}

/**
 * The entry of a platform's package, its platform read from its name.
 * @param {{ name: string, version: string, dev: boolean }} missing
 * @returns {Entry}
 */
export function entryOf({ name, version, dev }) {
	const parts = (name.split("/").pop() ?? name).split("-");
	const os = parts.map((part) => OS[/** @type {keyof typeof OS} */ (part)]).find(Boolean);
	const cpu = parts.map((part) => CPU[/** @type {keyof typeof CPU} */ (/** @type {unknown} */ (part))]).find(Boolean);
	const libc = parts.some((part) => part.startsWith("musl"))
		? "musl"
		: parts.some((part) => part.startsWith("gnu"))
			? "glibc"
			: null;
	return {
		version,
		...(cpu === undefined ? {} : { cpu: [cpu] }),
		...(dev ? { dev } : {}),
		...(libc === null ? {} : { libc: [libc] }),
		optional: true,
		...(os === undefined ? {} : { os: [os] }),
	};
}

if (realpathSync(process.argv[1] ?? "") === fileURLToPath(import.meta.url)) {
	const file = join(fileURLToPath(new URL("..", import.meta.url)), "package-lock.json");
	const lockfile = /** @type {Lockfile} */ (JSON.parse(readFileSync(file, "utf8")));
	const missing = missingOptional(lockfile);
	for (const one of missing) lockfile.packages[`node_modules/${one.name}`] = entryOf(one);
	const sorted = Object.entries(lockfile.packages).sort(([a], [b]) => a.localeCompare(b, "en"));
	writeFileSync(file, `${JSON.stringify({ ...lockfile, packages: Object.fromEntries(sorted) }, null, "\t")}\n`);
	console.log(`${missing.length} packages of other platforms added to package-lock.json`);
}
