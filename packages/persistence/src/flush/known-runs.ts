import type { KnownRun } from "./known-run.ts";

/** Open rows that are remembered at most, over all runs: some hundred bytes each. */
const MOST_ROWS = 100_000;

/** The runs that this process is working on. Forgetting one costs a read, never more. */
export class KnownRuns {
	readonly #runs = new Map<string, { readonly run: KnownRun; readonly rows: number }>();
	/** The one of them that was kept last, by instance id: none that lives is older than another. */
	readonly #byInstance = new Map<string, KnownRun>();
	#rows = 0;

	constructor(readonly mostRows = MOST_ROWS) {}

	get(runId: string): KnownRun | undefined {
		return this.#runs.get(runId)?.run;
	}

	/** The run of that instance that is running here. It is the newest, for as long as its version is the one known. */
	ofInstance(instanceId: string): KnownRun | undefined {
		return this.#byInstance.get(instanceId);
	}

	get size(): number {
		return this.#runs.size;
	}

	/** Remembers what is running; what is parked or has ended is left to the database. */
	keep(run: KnownRun): void {
		const runId = run.head.run_id;
		// Counted as it is kept: every flush that changes the run keeps it anew.
		const rows = run.nodes.size;
		const known = this.#runs.get(runId);
		// Which is the oldest is of no interest as long as there is room for as many again.
		if (known?.run === run && known.rows === rows && run.running && this.#rows <= this.mostRows / 2) return;
		this.forget(runId);
		if (!run.running) return;
		this.#runs.set(runId, { run, rows });
		this.#byInstance.set(run.head.instance_id, run);
		this.#rows += rows;
		for (const oldest of this.#runs.keys()) {
			if (this.#rows <= this.mostRows) return;
			this.forget(oldest);
		}
	}

	forget(runId: string): void {
		const known = this.#runs.get(runId);
		if (known === undefined) return;
		this.#runs.delete(runId);
		this.#rows -= known.rows;
		const { instance_id: instanceId } = known.run.head;
		if (this.#byInstance.get(instanceId) === known.run) this.#byInstance.delete(instanceId);
	}
}
