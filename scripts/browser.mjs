import { spawnSync } from "node:child_process";
import {
	accessSync,
	chmodSync,
	constants,
	createReadStream,
	createWriteStream,
	existsSync,
	mkdirSync,
	renameSync,
} from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import { ROOT } from "./install.mjs";

/** Flags that make Chromium run headless in containers, also as root, and that keep it from calling home. */
export const CHROMIUM_FLAGS = [
	...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
	"--disable-dev-shm-usage",
];

/** Flags that make text the same on every machine: no hints, no subpixels of one screen or another. */
export const PICTURE_FLAGS = [
	"--font-render-hinting=none",
	"--disable-font-subpixel-positioning",
	"--disable-lcd-text",
	"--force-color-profile=srgb",
];

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "microsoft-edge"];

const FIXED_PLACES = {
	linux: ["/snap/bin/chromium", "/opt/google/chrome/chrome"],
	darwin: [
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
		"/Applications/Chromium.app/Contents/MacOS/Chromium",
		"/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
	],
	win32: ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].flatMap((name) => {
		const folder = process.env[name];
		return folder === undefined ? [] : [join(folder, "Google/Chrome/Application/chrome.exe")];
	}),
};

const HOW_TO_GET_ONE = [
	"No browser was found for the end-to-end tests. Do one of these and run the tests again:",
	"  npx playwright install chromium        (downloads Playwright's own)",
	"  sudo apt-get install -y chromium       (Debian; any Chromium or Chrome will do)",
	"  PLAYWRIGHT_CHROMIUM=/path/to/chrome    (point at one you have)",
].join("\n");

/**
 * @typedef {{ executablePath: string, libraryPath: string | null, from: string }} Browser
 */

/**
 * Looks without installing anything: PLAYWRIGHT_CHROMIUM, Playwright's own download, a system Chromium or Chrome.
 * @returns {Browser | null}
 */
export function findBrowser() {
	const named = process.env.PLAYWRIGHT_CHROMIUM;
	if (named)
		return {
			executablePath: named,
			libraryPath: process.env.PLAYWRIGHT_CHROMIUM_LIBRARIES ?? null,
			from: "PLAYWRIGHT_CHROMIUM",
		};
	const downloaded = playwrightDownload();
	if (downloaded !== null && starts(downloaded, null)) {
		return { executablePath: downloaded, libraryPath: null, from: "Playwright's download" };
	}
	for (const path of systemCandidates()) {
		if (starts(path, null)) return { executablePath: path, libraryPath: null, from: "the system" };
	}
	return null;
}

/**
 * A browser that starts: what findBrowser finds, else the one inside npm's @sparticuz/chromium (Linux x64), else Debian's.
 * Throws an error that says how to get one.
 * @returns {Promise<Browser>}
 */
export async function ensureBrowser() {
	const found = findBrowser();
	if (found !== null) {
		if (starts(found.executablePath, found.libraryPath)) return found;
		throw new Error(`PLAYWRIGHT_CHROMIUM is ${found.executablePath}, which does not start. Correct it, or unset it.`);
	}
	const packed = await unpackFromNpm();
	if (packed !== null) return packed;
	if (installFromDebian()) {
		const installed = findBrowser();
		if (installed !== null) return installed;
	}
	throw new Error(HOW_TO_GET_ONE);
}

/**
 * Environment for the process that launches the browser.
 * @param {Browser} browser
 */
export function browserEnvironment(browser) {
	return {
		PLAYWRIGHT_CHROMIUM: browser.executablePath,
		...(browser.libraryPath === null ? {} : { PLAYWRIGHT_CHROMIUM_LIBRARIES: browser.libraryPath }),
	};
}

function playwrightDownload() {
	try {
		const path = createRequire(join(ROOT, "package.json"))("@playwright/test").chromium.executablePath();
		return existsSync(path) ? path : null;
	} catch {
		return null;
	}
}

function systemCandidates() {
	const fixed = FIXED_PLACES[/** @type {keyof typeof FIXED_PLACES} */ (process.platform)] ?? [];
	const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
	return [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...fixed].filter(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/**
 * A file may be there and yet lack its shared libraries.
 * @param {string} path
 * @param {string | null} libraryPath
 */
function starts(path, libraryPath) {
	const env = libraryPath === null ? process.env : { ...process.env, LD_LIBRARY_PATH: libraryPath };
	// Chrome on Windows answers --version by opening a window.
	if (process.platform === "win32") return isExecutable(path);
	return spawnSync(path, ["--version"], { stdio: "ignore", timeout: 20_000, env }).status === 0;
}

/**
 * The one inside npm's @sparticuz/chromium; null where there is none.
 * @returns {Promise<Browser | null>}
 */
export async function unpackFromNpm() {
	if (process.platform !== "linux" || process.arch !== "x64") return null;
	const packed = packedFolder();
	if (packed === null) return null;
	const folder = join(ROOT, "node_modules/.cache/waymark-chromium");
	mkdirSync(folder, { recursive: true });
	const executablePath = join(folder, "chromium");
	const from = "@sparticuz/chromium";
	if (!existsSync(executablePath)) {
		console.log("Unpacking the Chromium that npm installed …");
		await decompress(join(packed, "chromium.br"), executablePath);
		chmodSync(executablePath, 0o755);
	}
	if (starts(executablePath, null)) return { executablePath, libraryPath: null, from };
	const libraryPath = join(folder, "al2023/lib");
	if (!existsSync(libraryPath)) {
		const archive = join(folder, "libraries.tar");
		await decompress(join(packed, "al2023.tar.br"), archive);
		mkdirSync(join(folder, "al2023"), { recursive: true });
		if (spawnSync("tar", ["-xf", archive, "-C", join(folder, "al2023")]).status !== 0) return null;
	}
	return starts(executablePath, libraryPath) ? { executablePath, libraryPath, from } : null;
}

function packedFolder() {
	try {
		let folder = dirname(createRequire(join(ROOT, "package.json")).resolve("@sparticuz/chromium"));
		while (folder !== dirname(folder)) {
			if (existsSync(join(folder, "bin/chromium.br"))) return join(folder, "bin");
			folder = dirname(folder);
		}
		return null;
	} catch {
		return null;
	}
}

/**
 * Whole or not at all, so that an interrupted unpacking is not mistaken for a browser.
 * @param {string} from
 * @param {string} to
 */
async function decompress(from, to) {
	const part = `${to}.${process.pid}.part`;
	await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(part));
	renameSync(part, to);
}

function installFromDebian() {
	if (process.platform !== "linux" || process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return false;
	console.log("Installing Debian's chromium with apt-get …");
	const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
	const options = {
		stdio: /** @type {import("node:child_process").StdioOptions} */ (["ignore", "inherit", "inherit"]),
		env,
		timeout: 600_000,
	};
	spawnSync("apt-get", ["update", "-q"], options);
	return spawnSync("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], options).status === 0;
}
