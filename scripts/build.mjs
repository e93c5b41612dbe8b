import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./install.mjs";

/**
 * Builds every workspace that changed since its last build. Prints the log only if something failed, or with `loud`.
 * @param {{ loud?: boolean }} [options]
 */
export function build({ loud = false } = {}) {
	const began = Date.now();
	console.log("Building what has changed …");
	const result = turbo(["run", "build", ...(loud ? [] : ["--output-logs=errors-only", "--log-order=grouped"])], loud);
	if (result.status !== 0) {
		console.error(`${result.stdout ?? ""}${result.stderr ?? ""}\nThe build failed; see above.`);
		process.exit(1);
	}
	console.log(`Built in ${((Date.now() - began) / 1000).toFixed(1)} s.`);
}

/**
 * @param {string[]} args
 * @param {boolean} loud
 */
export function turbo(args, loud) {
	return spawnSync(process.execPath, [join(ROOT, "node_modules/turbo/bin/turbo"), ...args], {
		cwd: ROOT,
		encoding: "utf8",
		maxBuffer: 64 * 1024 * 1024,
		stdio: loud ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
		env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1", NEXT_TELEMETRY_DISABLED: "1" },
	});
}
