import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";

const PROGRAM = path.resolve(import.meta.dirname, "../../dist/worker.process.js");

export interface WorkerProcessOptions {
	readonly slots: number;
	readonly leaseMs: number;
	/** Tasks that are told to hold never end in this process: it is there to be killed. */
	readonly holds: boolean;
}

/** A worker in a process of its own, as it was last built. */
export class WorkerProcess {
	readonly #child: ChildProcess;
	readonly #ended: Promise<void>;

	private constructor(url: string, options: WorkerProcessOptions) {
		this.#child = spawn(process.execPath, [PROGRAM, url, JSON.stringify(options)], {
			stdio: ["ignore", "pipe", "inherit"],
		});
		this.#ended = new Promise((resolve) => this.#child.once("exit", () => resolve()));
	}

	/** Resolves when it has registered. */
	static async start(url: string, options: WorkerProcessOptions): Promise<WorkerProcess> {
		const worker = new WorkerProcess(url, options);
		const { stdout } = worker.#child;
		if (stdout === null) throw new Error("The worker process has no output to be read.");
		await new Promise<void>((resolve, reject) => {
			createInterface({ input: stdout }).on("line", (line) => {
				if (line === "ready") resolve();
			});
			void worker.#ended.then(() => reject(new Error(`${PROGRAM} ended before it was ready.`)));
		});
		return worker;
	}

	/** As a crash ends it. */
	async kill(): Promise<void> {
		this.#child.kill("SIGKILL");
		await this.#ended;
	}

	async stop(): Promise<void> {
		this.#child.kill("SIGTERM");
		await this.#ended;
	}
}
