// Builds the pages with Next and the server in front of them with tsc. Needs no network.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const dashboard = fileURLToPath(new URL("..", import.meta.url));
const require = createRequire(import.meta.url);

function run(headline, script, args) {
	process.stdout.write(`${headline}\n`);
	const { status, error } = spawnSync(process.execPath, [script, ...args], {
		cwd: dashboard,
		stdio: "inherit",
		env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
	});
	if (error !== undefined) throw error;
	if (status !== 0) process.exit(status ?? 1);
}

function bin(name, command) {
	const manifest = require.resolve(`${name}/package.json`);
	return join(dirname(manifest), require(manifest).bin[command]);
}

run("dashboard: pages", bin("next", "next"), ["build"]);
rmSync(join(dashboard, "dist"), { recursive: true, force: true });
run("dashboard: server", bin("typescript", "tsc"), ["-p", "tsconfig.server.json"]);
