import { defineConfig } from "@playwright/test";
import type { PerWorker } from "./e2e/stand/test.ts";
import { CHROMIUM_FLAGS, findBrowser, PICTURE_FLAGS } from "./scripts/browser.mjs";

const browser = findBrowser();
const LAUNCH = {
	args: CHROMIUM_FLAGS,
	...(browser === null ? {} : { executablePath: browser.executablePath }),
	...(browser?.libraryPath ? { env: { ...process.env, LD_LIBRARY_PATH: browser.libraryPath } } : {}),
};
const SPEED = ["**/graph-performance.spec.ts", "**/busy-instance.spec.ts"];

const PICTURES = "**/pictures-*.spec.ts";

/** End-to-end tests against the real dashboard server, database and engine: each test file starts its own. */
export default defineConfig<object, PerWorker>({
	testDir: "e2e",
	testMatch: "**/*.spec.ts",
	outputDir: "test-results/e2e",
	// Each has a dashboard, an engine and a browser of its own, and often waits: two cores carry three of them.
	workers: 3,
	fullyParallel: false,
	forbidOnly: process.env.CI !== undefined,
	retries: 0,
	timeout: 120_000,
	expect: {
		timeout: 15_000,
		// Whoever draws a pixel a little differently is forgiven; whoever changes a colour or a line is not.
		toHaveScreenshot: { animations: "disabled", caret: "hide", threshold: 0.1, maxDiffPixels: 40 },
	},
	snapshotPathTemplate: "e2e/pictures/{arg}{ext}",
	// A picture that is missing is a failure, not a new baseline: `npm run pictures -- --update` takes them.
	updateSnapshots: "none",
	reporter: [["list"]],
	projects: [
		{ name: "sqlite", testIgnore: [...SPEED, PICTURES] },
		{
			name: "pictures",
			testMatch: PICTURES,
			use: { launchOptions: { ...LAUNCH, args: [...CHROMIUM_FLAGS, ...PICTURE_FLAGS] } },
		},
		// What depends on how a change in another process is heard of, and on what a command answers.
		{
			name: "postgresql",
			testMatch: /(bulk|control|failure|live|live-faults|read-only|retry-now|start)\.spec\.ts/,
			use: { storage: "postgresql" },
		},
		// Budgets of time say something only when nothing else runs beside them.
		{ name: "speed", testMatch: SPEED, dependencies: ["sqlite", "pictures", "postgresql"] },
	],
	use: {
		browserName: "chromium",
		headless: true,
		viewport: { width: 1440, height: 900 },
		locale: "en-GB",
		// A zone with an odd offset shows whoever takes local time for UTC.
		timezoneId: "America/Denver",
		reducedMotion: "reduce",
		screenshot: "only-on-failure",
		// Recording costs more than the tests themselves on two cores: WAYMARK_TRACE=1 asks for it.
		trace: process.env.WAYMARK_TRACE === undefined ? "off" : "retain-on-failure",
		launchOptions: LAUNCH,
	},
});
