import { type FSWatcher, watch } from "node:fs";

/** What the watch must know of this process's connection. */
export interface Watched {
	readonly file: string;
	/** Differs once another process has committed; null: not to be had now. */
	dataVersion(): unknown;
	/** Differs once this process has written. What wrote nothing leaves the log alone. */
	readonly rowsWritten: unknown;
}

/** How often others' commits are looked for in any case. The look costs microseconds. */
const LOOK_EVERY_MS = 25;
/** Whoever is told looks at the database: of a flood of commits it is told of so many at once, and of so many a look. */
const AT_ONCE = 10;
const EACH_LOOK = 5;
/** A write to the log is heard of before its commit can be seen: that takes as long as the disk's sync. */
const LOOK_AGAIN_AFTER_MS = [1, 1, 1, 2, 4, 8];

/**
 * Calls the listener when another process has committed. The system tells when the file's log is written to, mostly
 * within a millisecond; where it does not (a file system that knows nothing of others' writes, no watches left), looking
 * now and then is enough. Answers the function that ends it.
 */
export function watchCommits(database: Watched, listener: () => void): () => void {
	let seen = database.dataVersion();
	let left = AT_ONCE;
	let written = database.rowsWritten;
	let next: NodeJS.Timeout | null = null;

	const look = (): boolean => {
		const now = database.dataVersion();
		if (now === null || now === seen) return false;
		seen = now;
		left = Math.max(left - 1, 0);
		listener();
		return true;
	};
	const lookAgain = (time: number) => {
		next = null;
		if (look()) return;
		const after = LOOK_AGAIN_AFTER_MS[time];
		if (after !== undefined) next = setTimeout(lookAgain, after, time + 1).unref();
	};
	const onWrite = () => {
		const before = written;
		written = database.rowsWritten;
		const isOurs = written !== before;
		if (!isOurs && next === null && left > 0) lookAgain(0);
	};

	const timer = setInterval(() => {
		left = Math.min(left + EACH_LOOK, AT_ONCE);
		look();
	}, LOOK_EVERY_MS).unref();
	const log = watchLog(database.file, onWrite);
	return () => {
		clearInterval(timer);
		if (next !== null) clearTimeout(next);
		log?.close();
	};
}

/** Null where there is none to be had. */
function watchLog(file: string, onWrite: () => void): FSWatcher | null {
	try {
		const watcher = watch(`${file}-wal`, { persistent: false }, onWrite);
		return watcher.on("error", () => watcher.close());
	} catch {
		return null;
	}
}
