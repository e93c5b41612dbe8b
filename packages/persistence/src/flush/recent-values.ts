import type { StoredValue } from "@waymark/engine/backend";

/** What a checkpoint of a running instance recorded. */
export interface Recorded {
	/** ValueRef. */
	readonly output: string;
	/** Null: the bytes lie where `output` says. */
	readonly value: StoredValue | null;
}

interface Run {
	readonly byPath: Map<string, Recorded>;
	bytes: number;
}

const MOST_BYTES = 32 * 1024 * 1024;
/** A larger value is read again: few of them would push out everything else. */
const LARGEST_BYTES = 64 * 1024;
/** Objects and keys around a small value, roughly. */
const FRAME_BYTES = 200;

/**
 * What this process recorded of instances that go on: the inputs of what they run next, so that a join of a hundred
 * branches which ended here reads nothing. Checkpoints never change, so neither does what is remembered of them.
 */
export class RecentValues {
	/** The run that recorded last is the last one. */
	readonly #runs = new Map<string, Run>();
	#bytes = 0;

	constructor(readonly mostBytes = MOST_BYTES) {}

	get(runId: string, path: string): Recorded | undefined {
		return this.#runs.get(runId)?.byPath.get(path);
	}

	add(runId: string, recorded: readonly ({ readonly path: string } & Recorded)[]): void {
		if (recorded.length === 0) return;
		const known = this.#runs.get(runId);
		const run = known ?? { byPath: new Map(), bytes: 0 };
		// Which is the oldest is of no interest as long as there is room for as much again.
		if (known === undefined || this.#bytes > this.mostBytes / 2) {
			this.#runs.delete(runId);
			this.#runs.set(runId, run);
		}
		for (const { path, output, value } of recorded) {
			const bytes = FRAME_BYTES + path.length + output.length + (value?.bytes.length ?? 0);
			if (bytes > LARGEST_BYTES) continue;
			run.byPath.set(path, { output, value });
			run.bytes += bytes;
			this.#bytes += bytes;
		}
		for (const oldest of this.#runs.keys()) {
			if (this.#bytes <= this.mostBytes) return;
			this.forget(oldest);
		}
	}

	forget(runId: string): void {
		const run = this.#runs.get(runId);
		if (run === undefined) return;
		this.#runs.delete(runId);
		this.#bytes -= run.bytes;
	}
}
