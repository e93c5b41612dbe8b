import { spawn } from "node:child_process";
import path from "node:path";
import type { Outcome, Size } from "./scenario.ts";

const PROGRAM = path.resolve(import.meta.dirname, "../dist/measure.process.js");
const PREFIX = "outcome ";

/** A fresh process for each measurement: none inherits another's heap, compiled code or connections. */
export function measure(scenario: string, url: string, size: Size): Promise<Outcome> {
	return outcomeOf(process.execPath, [PROGRAM, scenario, url, size], path.dirname(PROGRAM));
}

/** Runs a program whose output holds a line `outcome {…}`. What else it says is shown only if it fails. */
export function outcomeOf(node: string, args: readonly string[], cwd: string): Promise<Outcome> {
	return new Promise((resolve, reject) => {
		const child = spawn(node, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
		let output = "";
		for (const stream of [child.stdout, child.stderr]) {
			stream.on("data", (chunk: Buffer) => {
				output += chunk.toString();
			});
		}
		child.once("error", reject);
		child.once("close", (code) => {
			const line = output.split("\n").find((text) => text.startsWith(PREFIX));
			if (code === 0 && line !== undefined) resolve(JSON.parse(line.slice(PREFIX.length)) as Outcome);
			else reject(new Error(`${args.join(" ")} ended with ${code}:\n${output.slice(-4_000)}`));
		});
	});
}
