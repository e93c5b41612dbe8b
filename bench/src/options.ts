import { parseArgs } from "node:util";
import type { DatabaseKind } from "./database-kind.ts";
import type { Size } from "./scenario.ts";
import { scenarios } from "./scenarios/index.ts";

export const USAGE =
	"npm run bench -- [--scenario a,b] [--database sqlite,postgresql] [--rounds 1] [--peers] [--json file] [--quick]";

export interface BenchOptions {
	readonly scenarios: readonly string[];
	readonly databases: readonly DatabaseKind[];
	readonly rounds: number;
	readonly peers: boolean;
	readonly json: string | null;
	readonly size: Size;
}

const DATABASES: readonly DatabaseKind[] = ["sqlite", "postgresql"];

/** @throws Error that names what would do. */
export function readOptions(args: readonly string[]): BenchOptions {
	const { values } = parseArgs({
		args: [...args],
		options: {
			scenario: { type: "string" },
			database: { type: "string" },
			rounds: { type: "string", default: "1" },
			peers: { type: "boolean", default: false },
			json: { type: "string" },
			quick: { type: "boolean", default: false },
		},
	});
	const rounds = Number(values.rounds);
	if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds is a whole number from 1.\n${USAGE}`);
	return {
		scenarios: chosen(
			"--scenario",
			values.scenario,
			scenarios.map(({ name }) => name),
		),
		databases: chosen("--database", values.database, DATABASES),
		rounds,
		peers: values.peers,
		json: values.json ?? null,
		size: values.quick ? "quick" : "full",
	};
}

function chosen<T extends string>(option: string, given: string | undefined, all: readonly T[]): readonly T[] {
	if (given === undefined) return all;
	const wanted = given.split(",");
	const unknown = wanted.find((name) => !all.some((known) => known === name));
	if (unknown !== undefined) throw new Error(`${option} knows no ${unknown}; it knows ${all.join(", ")}.\n${USAGE}`);
	return all.filter((name) => wanted.includes(name));
}
