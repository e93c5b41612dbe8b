import { mkdir, rename, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { again, done, flow, NonRetryableError } from "@waymark/engine";
import { type Latency, noLatency } from "../loopback/latency.ts";
import { readChunk } from "./read-chunk.ts";
import { addLines, HEADER, markdownReport, NOTHING, type Totals } from "./sales.ts";

export interface ImportRequest {
	readonly file: string;
	/** The report goes here; made if it is missing. */
	readonly outputFolder: string;
	/** Lines per chunk. */
	readonly chunkLines: number;
}

interface Progress extends ImportRequest {
	/** Byte offset of the next line. */
	readonly offset: number;
	readonly totals: Totals;
}

export interface ImportReport {
	readonly json: string;
	readonly markdown: string;
}

/**
 * Imports a CSV file chunk by chunk. Every chunk's totals are checkpointed: after a crash the import goes on with the
 * next chunk, not with the first.
 */
export function csvImport(latency: Latency = noLatency) {
	return flow<ImportRequest>("csv-import", { description: "Read a file in chunks, add up, write a report" })
		.task("open", async (request): Promise<Progress> => {
			const { lines, next } = await readChunk(request.file, 0, 1);
			if (lines[0] !== HEADER) {
				throw new NonRetryableError(
					`${request.file} does not begin with "${HEADER}". Export it again with that header.`,
				);
			}
			return { ...request, offset: next, totals: NOTHING };
		})
		.loop(
			"chunks",
			(b) =>
				b
					.task("read", async (progress, { signal }) => {
						await latency(signal);
						return { progress, chunk: await readChunk(progress.file, progress.offset, progress.chunkLines) };
					})
					.task("add-up", async ({ progress, chunk }, { signal }) => {
						await latency(signal);
						const totals = addLines(progress.totals, chunk.lines);
						const sum: Progress = { ...progress, offset: chunk.next, totals };
						return chunk.last ? done(sum) : again(sum);
					}),
			{ maxIterations: 10_000 },
		)
		.fork("report", {
			json: (b) =>
				b.task("write-json", ({ outputFolder, totals }) =>
					writeWhole(outputFolder, "report.json", `${JSON.stringify(totals, null, "\t")}\n`),
				),
			markdown: (b) =>
				b.task("write-markdown", ({ file, outputFolder, totals }) =>
					writeWhole(outputFolder, "report.md", markdownReport(basename(file), totals)),
				),
		})
		.join("finish", (paths): ImportReport => paths)
		.build();
}

/** Whole or not at all, and the same bytes when it is done again. */
async function writeWhole(folder: string, name: string, text: string): Promise<string> {
	await mkdir(folder, { recursive: true });
	const path = join(folder, name);
	await writeFile(`${path}.part`, text);
	await rename(`${path}.part`, path);
	return path;
}
