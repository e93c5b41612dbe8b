import type { StoredValue, ValueSource } from "@waymark/engine/backend";
import type { RecentValues } from "./flush/recent-values.ts";
import type { Database } from "./sql.ts";
import { type Found, findValues, storedValue, type Wanted } from "./values.ts";

interface Asked {
	readonly wanted: readonly Wanted[];
	readonly resolve: (found: readonly Found[]) => void;
	readonly reject: (error: unknown) => void;
}

/** Values in one read, unless one question alone is for more: bounds what is held in memory at a time. */
const LARGEST_READ = 500;

/**
 * Reads of values, grouped by back-pressure as commits are: a hundred tasks that begin in one turn ask once for their
 * inputs, and those that come while a read is under way share the next.
 */
export class ValueReads {
	readonly #queue: Asked[] = [];
	#isPumping = false;

	constructor(
		readonly database: Database,
		readonly recent: RecentValues,
	) {}

	/** Null where there is none. */
	async values(runId: string, sources: readonly ValueSource[]): Promise<readonly (StoredValue | null)[]> {
		return (await this.#ask(sources.map((source) => ({ kind: "bytes", runId, source })))).map(storedValue);
	}

	/** The references that these nodes recorded; null where there is none. */
	async outputs(runId: string, paths: readonly string[]): Promise<readonly (string | null)[]> {
		const found = await this.#ask(paths.map((path) => ({ kind: "output", runId, path })));
		return found.map(({ output }) => output);
	}

	/** What was recorded here and goes on here is not read. */
	async #ask(wanted: readonly Wanted[]): Promise<readonly Found[]> {
		const known = wanted.map((one) => this.#remembered(one));
		const missing = wanted.filter((_, i) => known[i] === undefined);
		if (missing.length === 0) return known as readonly Found[];
		const read = (await this.#queued(missing)).values();
		return known.map((one) => one ?? (read.next().value as Found));
	}

	#remembered(wanted: Wanted): Found | undefined {
		const path =
			wanted.kind === "output" ? wanted.path : wanted.source.kind === "checkpoint" ? wanted.source.path : null;
		if (path === null) return undefined;
		const recorded = this.recent.get(wanted.runId, path);
		if (recorded === undefined) return undefined;
		const { output, value } = recorded;
		return { output, codec: value?.codec ?? null, bytes: value?.bytes ?? null };
	}

	#queued(wanted: readonly Wanted[]): Promise<readonly Found[]> {
		return new Promise((resolve, reject) => {
			this.#queue.push({ wanted, resolve, reject });
			if (!this.#isPumping) void this.#pump();
		});
	}

	async #pump(): Promise<void> {
		this.#isPumping = true;
		while (this.#queue.length > 0) {
			// Lets all that this turn of the event loop still asks join the read.
			await new Promise((resolve) => setImmediate(resolve));
			await this.#read(this.#take());
		}
		this.#isPumping = false;
	}

	#take(): readonly Asked[] {
		let count = 0;
		let size = 0;
		for (const { wanted } of this.#queue) {
			size += wanted.length;
			if (count > 0 && size > LARGEST_READ) break;
			count += 1;
		}
		return this.#queue.splice(0, count);
	}

	async #read(group: readonly Asked[]): Promise<void> {
		try {
			const found = await this.database.look((sql) =>
				findValues(
					sql,
					group.flatMap(({ wanted }) => wanted),
				),
			);
			let next = 0;
			for (const { wanted, resolve } of group) {
				resolve(found.slice(next, next + wanted.length));
				next += wanted.length;
			}
		} catch (error) {
			for (const { reject } of group) reject(error);
		}
	}
}
