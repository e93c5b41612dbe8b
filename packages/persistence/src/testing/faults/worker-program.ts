import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { until } from "../until.ts";

interface WorkerProgramOptions {
	readonly url: string;
	readonly ledger: string;
	readonly name?: string;
	readonly slots?: number;
	/** ms */
	readonly lease?: number;
	/** ms */
	readonly poll?: number;
	/** Longest time of a task, ms. */
	readonly pace?: number;
	/** Of the first SIGTERM, ms. */
	readonly drain?: number;
	readonly freezeAt?: "claimed" | "performed" | null;
}

const SCRIPT = path.join(import.meta.dirname, "worker.process.mjs");
const BUILT = path.join(import.meta.dirname, "../../../dist/index.js");
const DEFAULTS = { name: "w", slots: 4, lease: 1_000, poll: 100, pace: 0, drain: 10_000, freezeAt: null };

/** A worker in a process of its own, which can be frozen and killed. Dead when the test is over. */
export class WorkerProgram {
	readonly lines: string[] = [];
	readonly #child: ChildProcess;
	readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;

	private constructor(options: WorkerProgramOptions) {
		if (!existsSync(BUILT))
			throw new Error(`${BUILT} is not there: this test starts real processes. Run npm run build.`);
		this.#child = spawn(process.execPath, [SCRIPT, JSON.stringify({ ...DEFAULTS, ...options })], {
			cwd: import.meta.dirname,
			stdio: ["ignore", "pipe", "pipe"],
			env: { ...process.env, NODE_OPTIONS: "" },
		});
		for (const stream of [this.#child.stdout, this.#child.stderr]) {
			if (stream !== null) createInterface({ input: stream }).on("line", (line) => this.lines.push(line));
		}
		this.ended = new Promise((resolve) => this.#child.once("exit", (code, signal) => resolve({ code, signal })));
	}

	/** Resolves when it works. */
	static async start(options: WorkerProgramOptions): Promise<WorkerProgram> {
		const program = WorkerProgram.launch(options);
		await program.says(/^ready /);
		return program;
	}

	static launch(options: WorkerProgramOptions): WorkerProgram {
		const program = new WorkerProgram(options);
		onTestFinished(() => program.kill());
		return program;
	}

	get isAlive(): boolean {
		return this.#child.exitCode === null && this.#child.signalCode === null;
	}

	/** Waits until it has printed such a line. */
	says(pattern: RegExp): Promise<string> {
		return until(
			() => this.lines.find((line) => pattern.test(line)),
			() => `no line ${pattern} in:\n${this.lines.slice(-20).join("\n")}`,
		);
	}

	signal(signal: "SIGSTOP" | "SIGCONT" | "SIGTERM" | "SIGKILL"): void {
		this.#child.kill(signal);
	}

	/** As a crash ends it; a frozen one, too. */
	async kill(): Promise<void> {
		if (this.isAlive) this.#child.kill("SIGKILL");
		await this.ended;
	}
}
