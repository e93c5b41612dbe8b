import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { turbo } from "./build.mjs";
import { ensureInstalled, ROOT } from "./install.mjs";

/** Builds what is measured, and measures it: `npm run bench -- [options]`, see bench/README.md. */
ensureInstalled();
const built = turbo(["run", "build", "--filter=@waymark/bench", "--output-logs=errors-only"], false);
if (built.status !== 0) {
	console.error(`${built.stdout ?? ""}${built.stderr ?? ""}\nThe build failed; see above.`);
	process.exit(1);
}
const { status } = spawnSync(process.execPath, [join(ROOT, "bench/dist/main.js"), ...process.argv.slice(2)], {
	stdio: "inherit",
});
process.exitCode = status ?? 1;
