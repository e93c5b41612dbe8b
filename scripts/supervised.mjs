import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const RESTART_AFTER_MS = 1_000;
const STOP_WITHIN_MS = 8_000;

/**
 * A child process that is started again when it dies, until stop().
 * @typedef {{ name: string, args: string[], env: Record<string, string>, cwd: string, restarts: boolean, onLine?: (line: string) => void, onExit?: (code: number | null) => void }} Program
 */

/** Keeps one Node program running and prefixes its lines with its name. */
export class Supervised {
	/** @type {import("node:child_process").ChildProcess | null} */
	#child = null;
	/** @type {NodeJS.Timeout | undefined} */
	#restart;
	#stopping = false;
	#program;

	/** @param {Program} program */
	constructor(program) {
		this.#program = program;
	}

	/** Process id; undefined while it is not running. */
	get pid() {
		return this.#child?.pid;
	}

	start() {
		const { name, args, env, cwd } = this.#program;
		// Its own process group: Ctrl-C reaches only the supervisor, which then stops its children in order.
		const child = spawn(process.execPath, args, {
			cwd,
			env: { ...process.env, ...env },
			stdio: ["ignore", "pipe", "pipe"],
			detached: process.platform !== "win32",
		});
		this.#child = child;
		for (const stream of [child.stdout, child.stderr]) {
			createInterface({ input: stream }).on("line", (line) => this.#print(line));
		}
		child.on("error", (error) => this.#print(`cannot be started: ${error.message}`));
		child.on("exit", (code, signal) => {
			this.#child = null;
			if (this.#stopping) return;
			this.#program.onExit?.(code);
			if (!this.#program.restarts || this.#stopping) return;
			const how = signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
			console.log(`[start] ${name} ${how}; starting it again in ${RESTART_AFTER_MS / 1000} s`);
			this.#restart = setTimeout(() => this.start(), RESTART_AFTER_MS);
		});
	}

	/** Asks it to stop, and ends it if it has not stopped in time. */
	async stop() {
		this.#stopping = true;
		clearTimeout(this.#restart);
		const child = this.#child;
		if (child === null) return;
		const ended = new Promise((resolve) => child.once("exit", resolve));
		child.kill("SIGTERM");
		const late = setTimeout(() => child.kill("SIGKILL"), STOP_WITHIN_MS);
		await ended;
		clearTimeout(late);
	}

	/** For when the supervisor itself must go at once. */
	kill() {
		this.#stopping = true;
		this.#child?.kill("SIGKILL");
	}

	/** @param {string} line */
	#print(line) {
		console.log(`[${this.#program.name}] ${line}`);
		this.#program.onLine?.(line);
	}
}
