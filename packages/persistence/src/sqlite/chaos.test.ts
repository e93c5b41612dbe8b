import Sqlite from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { chaos } from "../testing/faults/chaos.ts";
import { FaultStage } from "../testing/faults/fault-stage.ts";
import { temporaryFile } from "../testing/temporary-folder.ts";

const HOUR_MS = 3_600_000;

describe("two worker processes on one SQLite file, killed and frozen at random", () => {
	it(
		"end hundreds of instances of every kind with the right results, and leave the file whole",
		async () => {
			const file = temporaryFile();
			const stage = await FaultStage.open(`file:${file}`);
			console.log(await chaos(stage, { workers: 2, instances: 400, lease: 1_500, cut: null }));
			const handle = new Sqlite(file, { readonly: true });
			expect(handle.pragma("integrity_check", { simple: true })).toBe("ok");
			handle.close();
		},
		24 * HOUR_MS,
	);
});
