import type { Measured } from "./report.ts";
import type { Outcome } from "./scenario.ts";
import type { CostPerStep } from "./stand/cost.ts";
import { percentile } from "./stand/load.ts";

/** One outcome for several of the same scenario. */
export function medians(outcomes: readonly Outcome[]): Pick<Measured, "figures" | "cost" | "committed" | "rounds"> {
	const [first] = outcomes;
	if (first === undefined) throw new Error("Nothing was measured.");
	const figures = first.figures.map((figure, at) => ({
		...figure,
		value: percentile(
			outcomes.map((outcome) => outcome.figures[at]?.value ?? Number.NaN),
			0.5,
		),
	}));
	const { cost, committed } = first;
	return { figures, cost: cost === null ? null : medianCost(outcomes, cost), committed, rounds: outcomes.length };
}

function medianCost(outcomes: readonly Outcome[], first: CostPerStep): CostPerStep {
	const names = Object.keys(first) as (keyof CostPerStep)[];
	const middle = names.map((name) => {
		const values = outcomes.map(({ cost }) => cost?.[name] ?? null).filter((value) => value !== null);
		return [name, values.length === 0 ? null : percentile(values, 0.5)];
	});
	return Object.fromEntries(middle) as unknown as CostPerStep;
}
