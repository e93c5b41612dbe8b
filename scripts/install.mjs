import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));

const OLDEST_NODE = { major: 20, minor: 19 };

const TOOLCHAIN = {
	linux:
		"On Debian or Ubuntu: sudo apt-get install -y python3 make g++   On Fedora: sudo dnf install -y python3 make gcc-c++",
	darwin: "On macOS: xcode-select --install",
	win32: 'On Windows: install Python 3 and "Desktop development with C++" of the Visual Studio Build Tools',
};

/**
 * Packages that package-lock.json wants and that are not installed, or installed in another version. Packages that npm
 * may leave out on this platform (optional) and the workspaces themselves are not asked for.
 * @param {{ packages: Record<string, { version?: string, optional?: boolean, link?: boolean }> }} wanted package-lock.json
 * @param {{ packages: Record<string, { version?: string }> } | null} installed npm's own note of what it installed; null: nothing
 * @returns {string[]}
 */
export function missingPackages(wanted, installed) {
	const there = installed?.packages ?? {};
	return Object.entries(wanted.packages)
		.filter(([path, entry]) => path.includes("node_modules/") && !entry.link && !entry.optional)
		.filter(([path, entry]) => there[path]?.version !== entry.version)
		.map(([path]) => path);
}

/**
 * Whether this Node is new enough.
 * @param {string} version such as `20.19.0`
 */
export function isNodeSupported(version) {
	const [major = 0, minor = 0] = version.split(".").map(Number);
	return major > OLDEST_NODE.major || (major === OLDEST_NODE.major && minor >= OLDEST_NODE.minor);
}

/** Brings node_modules in line with package-lock.json if it is not, and proves that the native module loads. Exits with advice if it cannot. */
export function ensureInstalled() {
	if (!isNodeSupported(process.versions.node)) {
		fail(
			`Waymark needs Node ${OLDEST_NODE.major}.${OLDEST_NODE.minor} or newer; this is ${process.versions.node}. Get one from https://nodejs.org and try again.`,
		);
	}
	const missing = missingPackages(
		readJson("package-lock.json") ?? { packages: {} },
		readJson("node_modules/.package-lock.json"),
	);
	if (missing.length > 0) install(missing.length);
	const broken = nativeModuleProblem();
	if (broken !== null)
		fail(`better-sqlite3 is installed but does not load: ${broken}\nInstall again with: npm ci\n${compilerAdvice()}`);
}

/** @param {number} count */
function install(count) {
	console.log(`Installing ${count} packages with npm ci (one to three minutes) …`);
	if (process.platform !== "win32" && !commandWorks("c++")) {
		console.log(
			"No C++ compiler was found. That is fine where better-sqlite3 has a prebuilt binary; otherwise the install says so.",
		);
	}
	const npm = npmCommand();
	const result = spawnSync(npm.command, [...npm.args, "ci", "--no-audit", "--no-fund", "--loglevel=notice"], {
		cwd: ROOT,
		stdio: ["ignore", "inherit", "inherit"],
		env: { ...process.env, NODE_ENV: "development" },
	});
	if (result.status !== 0) {
		fail(
			`npm ci did not succeed; its own message is above. If it was better-sqlite3, that package had no prebuilt binary here and wants a compiler.\n${compilerAdvice()}`,
		);
	}
}

/** npm as the one that started us, so that no shell is needed to find it. */
export function npmCommand() {
	const script = process.env.npm_execpath;
	if (script?.endsWith(".js")) return { command: process.execPath, args: [script] };
	return { command: process.platform === "win32" ? "npm.cmd" : "npm", args: [] };
}

function nativeModuleProblem() {
	try {
		const Database = createRequire(join(ROOT, "packages/persistence/package.json"))("better-sqlite3");
		new Database(":memory:").close();
		return null;
	} catch (error) {
		return error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
	}
}

function compilerAdvice() {
	const advice = TOOLCHAIN[/** @type {keyof typeof TOOLCHAIN} */ (process.platform)];
	return advice === undefined
		? "It needs Python 3, make and a C++ compiler."
		: `It needs Python 3, make and a C++ compiler. ${advice}`;
}

/** @param {string} command */
function commandWorks(command) {
	return spawnSync(command, ["--version"], { stdio: "ignore" }).status === 0;
}

/** @param {string} path */
function readJson(path) {
	try {
		return JSON.parse(readFileSync(join(ROOT, path), "utf8"));
	} catch {
		return null;
	}
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
	console.error(`\n${message}\n`);
	process.exit(1);
}
