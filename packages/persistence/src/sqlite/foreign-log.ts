import { closeSync, openSync, readSync } from "node:fs";

/** Of SQLite's file format: the log begins with a header, and each frame in it is a header and a page. */
const LOG_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
const LOG_MAGIC = 0x377f0682;
const PAGE_SIZE_AT = 8;
const LOG_SALT_AT = 16;
const FRAME_SALT_AT = 8;
const SALT_BYTES = 8;
/** `user_version`, in the first page. */
const MARK_AT = 60;
const MARK_BYTES = 4;

/**
 * Whether the log beside a store is that of another one. SQLite would not notice: it knows a log by its place alone, and
 * folds strange pages into the file. Each store bears a random mark in its first page, of which a log has a copy as soon
 * as the file has grown in it. A store without a mark is older than that, and a log without that page is too short to tell.
 */
export function isForeignLog(file: string): boolean {
	const mark = markOf(file);
	const inLog = markInLog(`${file}-wal`);
	return mark !== 0 && inLog !== null && inLog !== mark;
}

function markOf(file: string): number {
	return withFile(file, (read) => read(MARK_AT, MARK_BYTES)?.readInt32BE(0)) ?? 0;
}

/** Of the first page 1 that SQLite would take from the log; null: it holds none. */
function markInLog(log: string): number | null {
	return withFile(log, (read) => {
		const header = read(0, LOG_HEADER_BYTES);
		// The last bit tells the order of bytes of the checksums.
		if (header === null || (header.readUInt32BE(0) & ~1) >>> 0 !== LOG_MAGIC) return null;
		const salt = header.subarray(LOG_SALT_AT, LOG_SALT_AT + SALT_BYTES);
		const frameBytes = FRAME_HEADER_BYTES + header.readUInt32BE(PAGE_SIZE_AT);
		for (let at = LOG_HEADER_BYTES; ; at += frameBytes) {
			const frame = read(at, FRAME_HEADER_BYTES + MARK_AT + MARK_BYTES);
			// What follows is left from an earlier turn of the log.
			if (frame === null || !frame.subarray(FRAME_SALT_AT, FRAME_SALT_AT + SALT_BYTES).equals(salt)) return null;
			if (frame.readUInt32BE(0) === 1) return frame.readInt32BE(FRAME_HEADER_BYTES + MARK_AT);
		}
	});
}

/** Null for a file that is not there or cannot be read: opening says more about it. */
function withFile<T>(name: string, work: (read: (at: number, bytes: number) => Buffer | null) => T): T | null {
	let descriptor: number;
	try {
		descriptor = openSync(name, "r");
	} catch {
		return null;
	}
	try {
		return work((at, bytes) => {
			const buffer = Buffer.alloc(bytes);
			return readSync(descriptor, buffer, 0, bytes, at) === bytes ? buffer : null;
		});
	} finally {
		closeSync(descriptor);
	}
}
