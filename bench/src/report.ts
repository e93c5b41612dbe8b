import type { DatabaseKind } from "./database-kind.ts";
import type { Machine } from "./machine.ts";
import type { Figure, Size } from "./scenario.ts";
import type { CommittedState } from "./stand/committed.ts";
import type { CostPerStep } from "./stand/cost.ts";

/** One scenario on one database, by one engine: medians over its rounds. */
export interface Measured {
	readonly engine: string;
	readonly scenario: string;
	readonly database: DatabaseKind;
	readonly figures: readonly Figure[];
	readonly cost: CostPerStep | null;
	readonly committed: CommittedState;
	readonly rounds: number;
}

export interface Report {
	readonly machine: Machine;
	readonly size: Size;
	readonly measured: readonly Measured[];
	/** What could not be measured, and why. */
	readonly failures: readonly string[];
}

const HEADS = ["scenario", "database", "figure", "value", "goal", ""];

/** The figures as lines of a table, with the goal beside those that have one. */
export function figureTable(measured: readonly Measured[], goalOf: GoalOf): string {
	const rows = measured.flatMap((one) =>
		one.figures.map((figure) => {
			const goal = goalOf(one.scenario, one.database, figure.name);
			return [one.scenario, one.database, figure.name, shown(figure), ...goalCells(figure.value, goal)];
		}),
	);
	return table(HEADS, rows);
}

export interface Goal {
	readonly is: "at least" | "at most";
	readonly value: number;
}

export type GoalOf = (scenario: string, database: DatabaseKind, figure: string) => Goal | null;

function goalCells(value: number, goal: Goal | null): [string, string] {
	if (goal === null) return ["", ""];
	const isMet = goal.is === "at least" ? value >= goal.value : value <= goal.value;
	return [`${goal.is === "at least" ? "≥" : "≤"} ${number(goal.value)}`, isMet ? "met" : "missed"];
}

/** What one step costs, a line for each scenario that has steps. */
export function costTable(measured: readonly Measured[]): string {
	const heads = [
		"per step",
		"database",
		"CPU µs",
		"server µs",
		"commits",
		"statements",
		"trips",
		"rows",
		"WAL B",
		"prepared",
	];
	const rows = measured.flatMap(({ scenario, database, cost }) => {
		if (cost === null) return [];
		const cells = [
			cost.cpuUs,
			cost.serverCpuUs,
			cost.commits,
			cost.statements,
			cost.roundTrips,
			cost.rows,
			cost.walBytes,
		];
		return [
			[scenario, database, ...cells.map((value) => (value === null ? "–" : number(value))), String(cost.prepared)],
		];
	});
	return rows.length === 0 ? "" : table(heads, rows);
}

function shown({ value, unit }: Figure): string {
	return `${number(value)} ${unit}`;
}

/** Three digits that mean something. */
export function number(value: number): string {
	if (!Number.isFinite(value)) return "–";
	if (Math.abs(value) >= 100) return Math.round(value).toLocaleString("en");
	return String(Number(value.toPrecision(3)));
}

export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
	const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => (row[at] ?? "").length)));
	const line = (cells: readonly string[]) =>
		cells
			.map((cell, at) => (/^[-≥≤–\d]/.test(cell) ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
			.join("  ")
			.trimEnd();
	return [line(heads), line(widths.map((width) => "─".repeat(width))), ...rows.map(line)].join("\n");
}
