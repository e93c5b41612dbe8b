/** `npm run bench`: measures, prints a table, and writes JSON if asked to. */
import { writeFileSync } from "node:fs";
import type { DatabaseKind } from "./database-kind.ts";
import { Databases } from "./databases.ts";
import { goalOf } from "./goals.ts";
import { machineFacts } from "./machine.ts";
import { measure } from "./measure.ts";
import { medians } from "./medians.ts";
import { readOptions, USAGE } from "./options.ts";
import { installPeers, measurePeer, peersAt, ratioTable } from "./peers.ts";
import { costTable, figureTable, type Measured, type Report } from "./report.ts";
import type { Outcome } from "./scenario.ts";

if (process.argv.includes("--help")) {
	console.log(USAGE);
	process.exit();
}
const options = readOptions(process.argv.slice(2));
const machine = machineFacts();
console.log(
	`${machine.cores} × ${machine.cpu}, ${machine.system}, Node ${machine.node}, one sync ${machine.syncMs} ms`,
);

if (options.peers) installPeers();
const databases = new Databases();
databases.removeOnSignals();
const measured: Measured[] = [];
const failures: string[] = [];
try {
	for (const scenario of options.scenarios) {
		for (const database of options.databases) {
			const engines = ["waymark", ...(options.peers ? peersAt(scenario, database) : [])];
			const outcomes = new Map<string, Outcome[]>(engines.map((engine) => [engine, []]));
			// By turns, so that a quarter of an hour in which the machine is slow is so for all of them.
			for (let round = 0; round < options.rounds; round += 1) {
				for (const engine of engines) {
					console.error(`… ${scenario} on ${database}: ${engine}`);
					try {
						outcomes.get(engine)?.push(await outcomeOf(engine, scenario, database));
					} catch (error) {
						const because = error instanceof Error ? error.message : error;
						failures.push(`${scenario} on ${database}, ${engine}: ${because}`);
					}
				}
			}
			for (const [engine, of] of outcomes) {
				if (of.length > 0) measured.push({ engine, scenario, database, ...medians(of) });
			}
		}
	}
} finally {
	await databases.remove();
}

const own = measured.filter(({ engine }) => engine === "waymark");
console.log(`\n${figureTable(own, goalOf)}\n\n${costTable(own)}`);
if (options.peers) console.log(`\n${ratioTable(measured)}`);
for (const failure of failures) console.log(`\nfailed: ${failure}`);
if (options.json !== null) {
	const report: Report = { machine, size: options.size, measured, failures };
	writeFileSync(options.json, `${JSON.stringify(report, null, "\t")}\n`);
}

process.exitCode = failures.length === 0 ? 0 : 1;

async function outcomeOf(engine: string, scenario: string, database: DatabaseKind): Promise<Outcome> {
	const url = await databases.fresh(database);
	if (engine === "waymark") return measure(scenario, url, options.size);
	return measurePeer(engine, scenario, url, options.size);
}
