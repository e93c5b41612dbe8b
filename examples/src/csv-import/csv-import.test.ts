import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runInProcess } from "@waymark/engine";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { csvImport } from "./csv-import.ts";
import { fieldsOf } from "./csv-line.ts";
import { readChunk } from "./read-chunk.ts";

const SALES = fileURLToPath(new URL("../../data/sales.csv", import.meta.url));

describe("the CSV import", () => {
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), "waymark-import-"));
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	it("adds up the 2,000 sales in chunks and writes the report", async () => {
		const outputFolder = join(folder, "out");
		const state = await runInProcess(csvImport(), { file: SALES, outputFolder, chunkLines: 200 });
		expect(state).toEqual({
			status: "completed",
			output: { json: join(outputFolder, "report.json"), markdown: join(outputFolder, "report.md") },
		});
		const totals = JSON.parse(await readFile(join(outputFolder, "report.json"), "utf8"));
		expect(totals).toMatchObject({ rows: 1993, units: 9875, revenue: 119711385, rejectedCount: 7 });
		expect(totals.rejected[0]).toBe('S00251: "many" units at "12900"');
		expect(Object.keys(totals.byRegion).sort()).toEqual(["East", "North", "South", "West"]);
		expect(await readFile(join(outputFolder, "report.md"), "utf8")).toContain("| North |");
	});

	it("comes to the same totals whatever the size of the chunks", async () => {
		const reports = [];
		for (const chunkLines of [50, 333, 5_000]) {
			const outputFolder = join(folder, String(chunkLines));
			await runInProcess(csvImport(), { file: SALES, outputFolder, chunkLines });
			reports.push(await readFile(join(outputFolder, "report.json"), "utf8"));
		}
		expect(new Set(reports).size).toBe(1);
	});

	it("refuses a file with another header, and says which one it wants", async () => {
		const file = join(folder, "other.csv");
		await writeFile(file, "a,b\n1,2\n");
		const state = await runInProcess(csvImport(), { file, outputFolder: folder, chunkLines: 10 });
		expect(state).toMatchObject({ status: "failed", failedPath: "open", error: { code: "NonRetryable" } });
	});
});

describe("a CSV line", () => {
	it("keeps commas and doubled quotes inside of quotes", () => {
		expect(fieldsOf('S1,"Desk, oak","Shelf ""Tall""",,3')).toEqual(["S1", "Desk, oak", 'Shelf "Tall"', "", "3"]);
	});
});

describe("a chunk", () => {
	it("ends at whole lines, and the last line needs no line end", async () => {
		const folder = await mkdtemp(join(tmpdir(), "waymark-chunk-"));
		const file = join(folder, "x");
		await writeFile(file, "ä\nb\nc");
		expect(await readChunk(file, 0, 1)).toEqual({ lines: ["ä"], next: 3, last: false });
		expect(await readChunk(file, 3, 9)).toEqual({ lines: ["b", "c"], next: 6, last: true });
		await rm(folder, { recursive: true });
	});
});
