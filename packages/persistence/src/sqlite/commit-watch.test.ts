import { once } from "node:events";
import { appendFileSync, watch, writeFileSync } from "node:fs";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { temporaryFile } from "../testing/temporary-folder.ts";
import { type Watched, watchCommits } from "./commit-watch.ts";

/** A connection to a store as its process has it, and another one that writes. */
function connections() {
	const file = temporaryFile();
	const [ours, theirs] = [new Sqlite(file), new Sqlite(file)];
	onTestFinished(() => {
		ours.close();
		theirs.close();
	});
	ours.pragma("journal_mode = WAL");
	ours.exec("CREATE TABLE t (n INTEGER)");
	const version = ours.prepare("PRAGMA data_version").pluck();
	const changes = ours.prepare("SELECT total_changes()").pluck();
	const watched: Watched = {
		file,
		get rowsWritten() {
			return changes.get();
		},
		dataVersion: () => version.get(),
	};
	return { ours, theirs, watched };
}

/** A file beside which a log is written by hand, so that each look can be counted. */
function counted() {
	const file = temporaryFile();
	writeFileSync(`${file}-wal`, "");
	const watched = { file, rowsWritten: 0, version: 1, looks: 0 };
	const seen: Watched = {
		file,
		get rowsWritten() {
			return watched.rowsWritten;
		},
		dataVersion() {
			watched.looks += 1;
			return watched.version;
		},
	};
	/** Resolves when the system has told all who watch the log. */
	const write = async () => {
		const watcher = watch(`${file}-wal`);
		const told = once(watcher, "change");
		appendFileSync(`${file}-wal`, "frame");
		await told;
		watcher.close();
		await new Promise((resolve) => setImmediate(resolve));
	};
	return { watched, seen, write };
}

function begin(watched: Watched, listener: () => void): void {
	onTestFinished(watchCommits(watched, listener));
}

describe("commits of other processes", () => {
	beforeEach(() => {
		// Only the test has it look now and then, so that what is told otherwise was told by the system.
		vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
	});
	afterEach(() => {
		vi.useRealTimers();
	});

	it.runIf(process.platform === "linux")("are told by the log, without a look at the clock", async () => {
		const { ours, theirs, watched } = connections();
		const told = vi.fn();
		begin(watched, told);
		for (let n = 1; n <= 3; n += 1) {
			// As a claim does that finds nothing.
			ours.exec("BEGIN IMMEDIATE; COMMIT");
			theirs.exec("INSERT INTO t VALUES (1)");
			await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(n));
		}
	});

	it("are found by a look where the system tells nothing", () => {
		const { watched, seen } = counted();
		const told = vi.fn();
		begin({ ...seen, file: `${watched.file}-elsewhere` }, told);
		vi.advanceTimersByTime(100);
		expect(told).not.toHaveBeenCalled();
		watched.version += 1;
		vi.advanceTimersByTime(100);
		expect(told).toHaveBeenCalledTimes(1);
	});

	it("are not taken for those of this process, which costs no look", async () => {
		const { watched, seen, write } = counted();
		begin(seen, () => {});
		const before = watched.looks;
		watched.rowsWritten += 1;
		await write();
		expect(watched.looks).toBe(before);
		await write();
		expect(watched.looks).toBeGreaterThan(before);
	});

	it.runIf(process.platform === "linux")("are told of once a flood of them, and then with each look", async () => {
		const { watched, seen, write } = counted();
		const told = vi.fn();
		begin(seen, told);
		for (let n = 0; n < 40; n += 1) {
			watched.version += 1;
			await write();
		}
		const atOnce = told.mock.calls.length;
		expect(atOnce).toBe(10);
		watched.version += 1;
		vi.advanceTimersByTime(25);
		expect(told).toHaveBeenCalledTimes(atOnce + 1);
	});

	it("are told of no more once the watch has ended", async () => {
		const { watched, seen, write } = counted();
		const told = vi.fn();
		watchCommits(seen, told)();
		watched.version += 1;
		await write();
		vi.advanceTimersByTime(1_000);
		expect(told).not.toHaveBeenCalled();
	});
});
