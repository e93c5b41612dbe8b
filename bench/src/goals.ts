import type { DatabaseKind } from "./database-kind.ts";
import type { Goal } from "./report.ts";

type ByDatabase = Readonly<Record<DatabaseKind, Goal | null>>;

const atLeast = (value: number): Goal => ({ is: "at least", value });
const atMost = (value: number): Goal => ({ is: "at most", value });
const both = (goal: Goal): ByDatabase => ({ sqlite: goal, postgresql: goal });

/** By scenario and figure. Absolute figures move with the machine and its disk: a miss elsewhere proves nothing. */
const GOALS: Readonly<Record<string, Readonly<Record<string, ByDatabase>>>> = {
	"linear-100": { steps: { sqlite: atLeast(30_000), postgresql: atLeast(20_000) } },
	"fork-100": { "start → result p50": { sqlite: atMost(5), postgresql: atMost(8) } },
	"chain-10000": { "last / first": both(atMost(1.25)) },
	"start-result": { "start → task p50": both(atMost(2)), "start → result p50": both(atMost(5)) },
	"start-result-across": { "start → task p50": both(atMost(5)) },
	signal: { "signal → result p50": { sqlite: atMost(4), postgresql: atMost(5) } },
	"sleepers-10000": { "last one done after": both(atMost(1_500)) },
	"recovery-restart": { "kill → all finished": both(atMost(1_000)) },
	"recovery-other": { "kill → all finished, less the lease": both(atMost(1_000)) },
	resume: { "per recorded step": both(atMost(20)) },
};

export function goalOf(scenario: string, database: DatabaseKind, figure: string): Goal | null {
	return GOALS[scenario]?.[figure]?.[database] ?? null;
}
