import { describe, expect, it } from "vitest";
import { createCommand, ready } from "../testing/commands.ts";
import { applyCreate } from "./apply-create.ts";
import { applySettle } from "./apply-settle.ts";
import type { KnownRun } from "./known-run.ts";
import { KnownRuns } from "./known-runs.ts";

function runOf(id: string, rows: number, slots = 1): KnownRun {
	const open = Array.from({ length: rows }, (_, i) => ready(`n${i}`));
	const { run } = applyCreate(createCommand(id, { open, grantTo: { owner: "w", slots } }));
	run.committed(1);
	return run;
}

describe("the runs that a process knows", () => {
	it("are forgotten, the oldest first, when their rows become too many", () => {
		const known = new KnownRuns(10);
		for (const id of ["a", "b", "c"]) known.keep(runOf(id, 4));
		expect(known.get("run-of-a")).toBeUndefined();
		expect(known.size).toBe(2);
		known.keep(runOf("d", 10));
		expect(known.size).toBe(1);
		expect(known.get("run-of-d")).toBeDefined();
	});

	it("are only those of which somebody holds a node", () => {
		const known = new KnownRuns();
		known.keep(runOf("parked", 1, 0));
		expect(known.size).toBe(0);
		const run = runOf("i", 1);
		known.keep(run);
		expect(known.size).toBe(1);
		const settled = applySettle(run, {
			...{ runId: "run-of-i", path: "n0", owner: "w", epoch: 1, startedAt: 1, finishedAt: 2, slots: 0 },
			outcome: {
				kind: "completed",
				...{ recorded: [], failure: null, consumes: null, countDown: null, closes: null, result: null, progress: 1 },
				open: [{ ...ready("later"), state: "waiting", dueInMs: 1_000 }],
			},
		});
		expect(settled).toMatchObject({ kind: "settled", status: "waiting" });
		run.committed(2);
		known.keep(run);
		expect(known.size).toBe(0);
	});
});
