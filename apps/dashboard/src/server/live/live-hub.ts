import type { PersistentBackend } from "@waymark/engine/backend";

/** Safety net: hints may be lost, changes may not. */
const POLL_MS = 2_000;
/** Hints that come close together are looked into together. */
const COALESCE_MS = 120;

/** Told that the run that it watches has changed, or is gone. */
export type Nudge = () => void;

interface Watched {
	readonly nudges: Set<Nudge>;
	/** As last seen; null: not seen yet, or gone. */
	version: number | null;
}

/**
 * One listener on the backend and one poller for all streams of this process, however many there are. A look asks for
 * the versions of all watched runs in one statement, and only those that changed are read by their streams. Both run
 * only while somebody watches.
 */
export class LiveHub {
	readonly #backend: PersistentBackend;
	readonly #watched = new Map<string, Watched>();
	#stop: (() => void) | null = null;
	#soon: ReturnType<typeof setTimeout> | null = null;
	#looking = false;
	#again = false;

	constructor(backend: PersistentBackend) {
		this.#backend = backend;
	}

	/** Number of runs that are watched. */
	get size(): number {
		return this.#watched.size;
	}

	/** The watcher has seen the run already; it is told of what comes after. Answers the function that ends the watch. */
	watch(runId: string, nudge: Nudge): () => void {
		const watched = this.#watched.get(runId) ?? { nudges: new Set(), version: null };
		this.#watched.set(runId, watched);
		watched.nudges.add(nudge);
		this.#stop ??= this.#listen();
		return () => {
			watched.nudges.delete(nudge);
			if (watched.nudges.size === 0 && this.#watched.get(runId) === watched) this.#watched.delete(runId);
			if (this.#watched.size > 0) return;
			this.#stop?.();
			this.#stop = null;
		};
	}

	#listen(): () => void {
		const unhint = this.#backend.onHint((hint) => {
			if (hint.origin === "remote") this.#lookSoon();
			else for (const nudge of this.#watched.get(hint.runId)?.nudges ?? []) nudge();
		});
		const poll = setInterval(() => this.#lookSoon(), POLL_MS);
		poll.unref();
		return () => {
			unhint();
			clearInterval(poll);
			if (this.#soon !== null) clearTimeout(this.#soon);
			this.#soon = null;
		};
	}

	#lookSoon(): void {
		if (this.#looking) this.#again = true;
		else this.#soon ??= setTimeout(() => void this.#look(), COALESCE_MS);
	}

	async #look(): Promise<void> {
		this.#soon = null;
		this.#looking = true;
		try {
			this.#compare(await this.#backend.getVersions([...this.#watched.keys()]));
		} catch {
			// Streams that are nudged read for themselves, find the database closed to them, and end.
			for (const { nudges } of this.#watched.values()) for (const nudge of nudges) nudge();
		} finally {
			this.#looking = false;
			if (this.#again && this.#stop !== null) this.#lookSoon();
			this.#again = false;
		}
	}

	#compare(versions: ReadonlyMap<string, number>): void {
		for (const [runId, watched] of this.#watched) {
			const version = versions.get(runId) ?? null;
			if (version !== null && version === watched.version) continue;
			watched.version = version;
			for (const nudge of watched.nudges) nudge();
		}
	}
}
