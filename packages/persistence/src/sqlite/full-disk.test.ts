import { rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { FaultStage } from "../testing/faults/fault-stage.ts";
import { startFaultWorker } from "../testing/faults/fault-worker.ts";
import { smallDisk } from "../testing/small-disk.ts";
import { until } from "../testing/until.ts";

const MAY_MOUNT = process.getuid?.() === 0 && process.platform === "linux";

describe("a disk that is full while workers are at work", () => {
	// Where no file system can be mounted, the test beside it (max_page_count) stands for this.
	it.runIf(MAY_MOUNT)(
		"stops the work with what to do, loses nothing, and lets it go on when there is room",
		async (context) => {
			const disk = smallDisk(6_000);
			if (disk === null) return context.skip("mounting is not allowed here");
			const file = path.join(disk.folder, "waymark.db");
			const stage = await FaultStage.open(`file:${file}`);
			const { warnings } = await startFaultWorker(stage.url, stage.ledger, { pace: 10, slots: 2, lease: "1s" });
			const ballast = path.join(disk.folder, "ballast");
			await stage.start("chain", 60);
			await until(
				async () => (await stage.completed()) > 0,
				() => "nothing began",
			);
			fill(ballast);
			await until(
				() => warnings.some((warning) => warning.includes("the disk is full")),
				() => warnings.join("\n"),
			);
			await until(
				() => warnings.some((warning) => warning.startsWith("leases lost")),
				() => warnings.join("\n"),
			);
			const stuck = await stage.completed();
			expect(stuck).toBeLessThan(60);
			await expect(stage.client.start("chain", "no-room", 1)).rejects.toThrow("the disk is full");
			rmSync(ballast);
			const since = performance.now();
			await until(
				async () => (await stage.completed()) > stuck,
				() => "nothing goes on",
			);
			console.log(`full disk: work went on ${Math.round(performance.now() - since)} ms after there was room`);
			await stage.allWell(60_000);
			const handle = new Sqlite(file, { readonly: true });
			expect(handle.pragma("integrity_check", { simple: true })).toBe("ok");
			handle.close();
		},
		60_000,
	);
});

/** Takes all the room there is. */
function fill(file: string): void {
	const block = Buffer.alloc(64 * 1024);
	for (let size = block.length; size >= 512; size = size >>> 1) {
		try {
			for (;;) writeFileSync(file, block.subarray(0, size), { flag: "a" });
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
		}
	}
	expect(statSync(file).size).toBeGreaterThan(0);
}
