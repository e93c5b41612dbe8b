import { afterAll, describe, expect, it } from "vitest";
import type { DatabaseKind } from "./database-kind.ts";
import { Databases } from "./databases.ts";
import { scenarios } from "./scenarios/index.ts";
import type { CommittedState } from "./stand/committed.ts";
import { Stand } from "./stand/stand.ts";
import { countStatements } from "./stand/statement-count.ts";

/** What each quick run leaves in the database, worked out by hand. */
const LEFT: Readonly<Record<string, CommittedState>> = {
	// With those that the driver alone moves on.
	"linear-1": { completed: 9, checkpoints: 90 },
	"linear-100": { completed: 45, checkpoints: 450 },
	"fork-100": { completed: 3, checkpoints: 306 },
	"chain-10000": { completed: 2, checkpoints: 410 },
	"start-result": { completed: 5, checkpoints: 5 },
	"start-result-across": { completed: 5, checkpoints: 5 },
	signal: { completed: 5, checkpoints: 5 },
	"signal-across": { completed: 5, checkpoints: 5 },
	"sleepers-10000": { completed: 50, checkpoints: 100 },
	"recovery-restart": { completed: 20, checkpoints: 60 },
	"recovery-other": { completed: 20, checkpoints: 60 },
	resume: { completed: 3, checkpoints: 94 },
	"payload-64k": { completed: 5, checkpoints: 50 },
	"parked-100000": { completed: 30, checkpoints: 300 },
	idle: { completed: 0, checkpoints: 0 },
};

countStatements();
const databases = new Databases();
afterAll(() => databases.remove());

const KINDS: readonly DatabaseKind[] = ["sqlite", "postgresql"];

describe.each(KINDS)("every benchmark on %s", (kind) => {
	it.each(scenarios)("$name does all of its work and has a figure for each question", async (scenario) => {
		const stand = await Stand.open(await databases.fresh(kind));
		try {
			const { figures, cost, committed } = await scenario.run(stand, "quick");
			expect(committed).toEqual(LEFT[scenario.name]);
			expect(figures.length).toBeGreaterThan(0);
			for (const { name, value } of figures) expect(Number.isFinite(value), name).toBe(true);
			if (cost !== null) {
				expect(cost.commits).toBeGreaterThan(0);
				expect(cost.statements).toBeGreaterThanOrEqual(cost.commits);
				expect(cost.walBytes).toBeGreaterThan(0);
			}
		} finally {
			await stand.close();
		}
	});
});
