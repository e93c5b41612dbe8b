import { spawn } from "node:child_process";
import { parseArgs } from "node:util";
import { ensureInstalled, ROOT } from "./install.mjs";

const USAGE = "npm run soak -- --minutes=N [--only=simulation|chaos] [--from=SEED]";

/**
 * What CI does in a small share, for as long as you like: schedules that nobody has played yet, and worker processes on
 * a real PostgreSQL that are killed, frozen and cut off. The last line is `soak: N passed, N failed`.
 */
const { minutes, only, from } = readOptions();
ensureInstalled();
const parts = [
	{
		name: "simulation",
		command: ["scripts/simulate.mjs", `--minutes=${minutes}`, `--from=${from}`, `--processes=${only === null ? 1 : 2}`],
		env: {},
	},
	{
		name: "chaos",
		command: [
			"node_modules/vitest/vitest.mjs",
			"run",
			"--project",
			"persistence",
			"packages/persistence/src/postgresql/chaos.test.ts",
		],
		env: { WAYMARK_CHAOS_MINUTES: String(minutes) },
	},
].filter(({ name }) => only === null || only === name);
const statuses = await Promise.all(parts.map(run));
const failed = statuses.filter((status) => status !== 0).length;
console.log(`soak: ${statuses.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/**
 * @param {{ name: string, command: readonly string[], env: Record<string, string> }} part
 * @returns {Promise<number | null>}
 */
function run({ command, env }) {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, command, { cwd: ROOT, stdio: "inherit", env: { ...process.env, ...env } });
		child.on("error", reject);
		child.on("exit", resolve);
	});
}

function readOptions() {
	const { values } = parseArgs({
		options: { minutes: { type: "string" }, only: { type: "string" }, from: { type: "string" } },
	});
	const minutes = Number(values.minutes);
	const only = values.only ?? null;
	if (!(minutes > 0) || (only !== null && only !== "simulation" && only !== "chaos")) {
		console.error(USAGE);
		process.exit(2);
	}
	// Seeds far from those of CI, and others at every call.
	return { minutes, only, from: Number(values.from ?? 1_000_000 + (Date.now() % 1_000_000_000)) };
}
