import { open } from "node:fs/promises";

export interface Chunk {
	readonly lines: readonly string[];
	/** Byte offset of the line after the chunk. */
	readonly next: number;
	/** Whether the file ends with this chunk. */
	readonly last: boolean;
}

const BLOCK = 64 * 1024;
const NEWLINE = 10;

/** Up to `count` whole lines from a byte offset on. Reads only what it needs, so the file may be of any size. */
export async function readChunk(file: string, offset: number, count: number): Promise<Chunk> {
	const handle = await open(file, "r");
	try {
		const lines: string[] = [];
		let rest = Buffer.alloc(0);
		let at = offset;
		let read = offset;
		while (lines.length < count) {
			const newline = rest.indexOf(NEWLINE);
			if (newline >= 0) {
				lines.push(rest.subarray(0, newline).toString("utf8"));
				at += newline + 1;
				rest = rest.subarray(newline + 1);
				continue;
			}
			const block = Buffer.alloc(BLOCK);
			const { bytesRead } = await handle.read(block, 0, BLOCK, read);
			if (bytesRead === 0) {
				if (rest.length > 0) lines.push(rest.toString("utf8"));
				return { lines, next: at + rest.length, last: true };
			}
			read += bytesRead;
			rest = Buffer.concat([rest, block.subarray(0, bytesRead)]);
		}
		return { lines, next: at, last: at >= (await handle.stat()).size };
	} finally {
		await handle.close();
	}
}
