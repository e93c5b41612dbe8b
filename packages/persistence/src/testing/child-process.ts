import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const DIST = path.resolve(import.meta.dirname, "../../dist");

/** A module of the built package, for a script that runs in a process of its own. */
export function built(module: string): string {
	const file = path.join(DIST, module);
	if (!existsSync(file)) throw new Error(`${file} is not there: this test starts real processes. Run npm run build.`);
	return JSON.stringify(pathToFileURL(file).href);
}

interface Ended {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
	readonly output: string;
}

/** Runs an ES module given as text; resolves when its process has ended. */
export function runProcess(script: string): Promise<Ended> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
			cwd: import.meta.dirname,
			stdio: ["ignore", "pipe", "pipe"],
			env: { ...process.env, NODE_OPTIONS: "" },
		});
		let output = "";
		child.stdout.on("data", (chunk: Buffer) => {
			output += chunk.toString();
		});
		child.stderr.on("data", (chunk: Buffer) => {
			output += chunk.toString();
		});
		child.on("error", reject);
		child.on("close", (code, signal) => resolve({ code, signal, output }));
	});
}
