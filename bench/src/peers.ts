import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import type { DatabaseKind } from "./database-kind.ts";
import { outcomeOf } from "./measure.ts";
import { type Measured, number, table } from "./report.ts";
import type { Outcome, Size } from "./scenario.ts";

/** No part of the workspace: a package of its own, with its own lockfile and its own Node. */
const FOLDER = path.resolve(import.meta.dirname, "../peers");
const NODE = path.join(FOLDER, "node_modules/node/bin/node");

/** The workloads that peers have too. */
const SHARED: readonly string[] = ["linear-1", "linear-100", "fork-100", "start-result", "sleepers-10000"];

interface Peer {
	readonly name: string;
	readonly databases: readonly DatabaseKind[];
	readonly scenarios: readonly string[];
}

const PEERS: readonly Peer[] = [
	{ name: "openworkflow", databases: ["sqlite", "postgresql"], scenarios: SHARED },
	{ name: "dbos", databases: ["postgresql"], scenarios: SHARED },
	// A queue: it has no fork and records no result.
	{
		name: "graphile-worker",
		databases: ["postgresql"],
		scenarios: SHARED.filter((name) => name !== "fork-100"),
	},
];

/** @throws Error with what npm said */
export function installPeers(): void {
	console.error("… installing the peers");
	const { status, stdout, stderr } = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], {
		cwd: FOLDER,
		encoding: "utf8",
		shell: process.platform === "win32",
	});
	if (status === 0 && existsSync(NODE)) return;
	throw new Error(`The peers could not be installed in ${FOLDER}:\n${stdout}${stderr}`);
}

export function peersAt(scenario: string, database: DatabaseKind): readonly string[] {
	return PEERS.filter(({ databases, scenarios }) => databases.includes(database) && scenarios.includes(scenario)).map(
		({ name }) => name,
	);
}

export function measurePeer(peer: string, scenario: string, url: string, size: Size): Promise<Outcome> {
	return outcomeOf(NODE, [path.join(FOLDER, "run.mjs"), peer, scenario, url, size], FOLDER);
}

/** Each figure that an engine and a peer share, and how many times better ours is. */
export function ratioTable(measured: readonly Measured[]): string {
	const rows = measured.flatMap((theirs) => {
		if (theirs.engine === "waymark") return [];
		const ours = measured.find(
			({ engine, scenario, database }) =>
				engine === "waymark" && scenario === theirs.scenario && database === theirs.database,
		);
		return theirs.figures.flatMap(({ name, value, unit }) => {
			const own = ours?.figures.find((figure) => figure.name === name);
			if (own === undefined) return [];
			const ratio = unit === "/s" ? own.value / value : value / own.value;
			const cells = [`${number(own.value)} ${unit}`, `${number(value)} ${unit}`, `${number(ratio)} ×`];
			return [[theirs.scenario, theirs.database, name, theirs.engine, ...cells]];
		});
	});
	return table(["scenario", "database", "figure", "peer", "ours", "theirs", "better by"], rows);
}
