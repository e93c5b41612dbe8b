import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { browserEnvironment, unpackFromNpm } from "./browser.mjs";
import { build } from "./build.mjs";
import { ensureInstalled, ROOT } from "./install.mjs";

const USAGE = `npm run pictures -- [--update] [--no-build] [part of a test's name]
  Compares the dashboard with the pictures below e2e/pictures, or takes them anew.`;

const { update, noBuild, name } = readOptions();
ensureInstalled();
if (!noBuild) build();
const browser = await unpackFromNpm();
if (browser === null) {
	console.error(
		"Pictures are compared in the Chromium that npm installs, which runs on Linux x64 alone. Use a container.",
	);
	process.exit(1);
}
const args = ["test", "--project", "pictures", ...(update ? ["--update-snapshots", "changed"] : []), ...name];
const { status } = spawnSync(process.execPath, [join(ROOT, "node_modules/@playwright/test/cli.js"), ...args], {
	cwd: ROOT,
	stdio: "inherit",
	env: { ...process.env, ...browserEnvironment(browser) },
});
process.exitCode = status ?? 1;

function readOptions() {
	try {
		const { values, positionals } = parseArgs({
			options: { update: { type: "boolean", default: false }, "no-build": { type: "boolean", default: false } },
			allowPositionals: true,
		});
		return {
			update: values.update,
			noBuild: values["no-build"],
			name: positionals.flatMap((text) => ["--grep", text]),
		};
	} catch (error) {
		console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
		process.exit(1);
	}
}
