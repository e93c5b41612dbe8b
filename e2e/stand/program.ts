import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

const WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 10_000;

export interface ProgramOptions {
	readonly args: readonly string[];
	readonly cwd: string;
	readonly env: Readonly<Record<string, string>>;
	/** It is ready once it has printed such a line; the first group is what start() answers. */
	readonly ready: RegExp;
}

/** A Node process of a test: ready when it says so, and gone when the test is over. */
export class Program {
	readonly #child: ChildProcess;
	readonly #lines: string[] = [];
	readonly #ended: Promise<void>;
	#onLine: () => void = () => undefined;

	private constructor(options: ProgramOptions) {
		this.#child = spawn(process.execPath, options.args, {
			cwd: options.cwd,
			env: { ...process.env, ...options.env },
			stdio: ["ignore", "pipe", "pipe"],
		});
		this.#ended = new Promise((resolve) => this.#child.once("exit", () => resolve()));
		for (const stream of [this.#child.stdout, this.#child.stderr]) {
			if (stream === null) continue;
			createInterface({ input: stream }).on("line", (line) => {
				this.#lines.push(line);
				this.#onLine();
			});
		}
	}

	static async start(options: ProgramOptions): Promise<{ readonly program: Program; readonly said: string }> {
		const program = new Program(options);
		try {
			return { program, said: await program.says(options.ready) };
		} catch (error) {
			await program.kill();
			throw error;
		}
	}

	get pid(): number {
		return this.#child.pid ?? 0;
	}

	/** Everything it printed, for the message of a failure. */
	get output(): string {
		return this.#lines.join("\n");
	}

	/** Waits for the `count`th such line and answers its first group, or "". */
	async says(pattern: RegExp, count = 1): Promise<string> {
		const found = () => this.#lines.map((line) => pattern.exec(line)).filter((match) => match !== null)[count - 1];
		let late: NodeJS.Timeout | undefined;
		const outcome = await new Promise<"said" | "ended" | "late">((resolve) => {
			this.#onLine = () => {
				if (found() !== undefined) resolve("said");
			};
			this.#onLine();
			void this.#ended.then(() => resolve("ended"));
			late = setTimeout(() => resolve("late"), WITHIN_MS);
		});
		clearTimeout(late);
		const match = found();
		if (match === undefined) throw new Error(`${outcome} before it said ${pattern}:\n${this.output}`);
		return match[1] ?? "";
	}

	/** Sends a signal and waits until it has ended; answers its exit code, null if a signal ended it. */
	async end(signal: "SIGINT" | "SIGTERM" | "SIGKILL"): Promise<number | null> {
		if (this.#child.exitCode === null && this.#child.signalCode === null) {
			this.#child.kill(signal);
			const late = setTimeout(() => this.#child.kill("SIGKILL"), STOP_WITHIN_MS);
			await this.#ended;
			clearTimeout(late);
		}
		return this.#child.exitCode;
	}

	/** Asks it to stop, and ends it if it does not in time. */
	async stop(): Promise<void> {
		await this.end("SIGTERM");
	}

	/** As a crash ends it: no handler runs. */
	async kill(): Promise<void> {
		await this.end("SIGKILL");
	}
}
