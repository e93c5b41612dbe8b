import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 10_000;

export interface ProgramOptions {
	readonly args: readonly string[];
	readonly cwd: string;
	readonly env: Readonly<Record<string, string>>;
	/** Its first group is what start() answers. */
	readonly ready: RegExp;
}

/** A Node process of a test: ready when it says so, and gone when the test is over. */
export class Program {
	readonly #child: ChildProcess;
	readonly #lines: string[] = [];
	readonly #ended: Promise<void>;

	private constructor(options: ProgramOptions) {
		this.#child = spawn(process.execPath, options.args, {
			cwd: options.cwd,
			env: { ...process.env, ...options.env },
			stdio: ["ignore", "pipe", "pipe"],
		});
		this.#ended = new Promise((resolve) => this.#child.once("exit", () => resolve()));
	}

	static async start(options: ProgramOptions): Promise<{ readonly program: Program; readonly said: string }> {
		const program = new Program(options);
		return { program, said: await program.#until(options.ready) };
	}

	/** What it printed, for the message of a failure. */
	get output(): string {
		return this.#lines.join("\n");
	}

	/** Asks it to stop, and ends it if it does not in time. */
	async stop(): Promise<void> {
		if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
		this.#child.kill("SIGTERM");
		const late = setTimeout(() => this.#child.kill("SIGKILL"), STOP_WITHIN_MS);
		await this.#ended;
		clearTimeout(late);
	}

	/** As a crash ends it: no handler runs. */
	async kill(): Promise<void> {
		this.#child.kill("SIGKILL");
		await this.#ended;
	}

	#until(ready: RegExp): Promise<string> {
		return new Promise((resolve, reject) => {
			const late = setTimeout(() => {
				this.#child.kill("SIGKILL");
				reject(new Error(`not ready after ${READY_WITHIN_MS} ms:\n${this.output}`));
			}, READY_WITHIN_MS);
			const onLine = (line: string) => {
				this.#lines.push(line);
				const match = ready.exec(line);
				if (match === null) return;
				clearTimeout(late);
				resolve(match[1] ?? "");
			};
			for (const stream of [this.#child.stdout, this.#child.stderr]) {
				if (stream !== null) createInterface({ input: stream }).on("line", onLine);
			}
			void this.#ended.then(() => {
				clearTimeout(late);
				reject(new Error(`ended before it was ready:\n${this.output}`));
			});
		});
	}
}
