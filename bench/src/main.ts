/** `npm run bench`: measures, prints a table, and writes JSON if asked to. */
import { writeFileSync } from "node:fs";
import { Databases } from "./databases.ts";
import { goalOf } from "./goals.ts";
import { machineFacts } from "./machine.ts";
import { measure } from "./measure.ts";
import { medians } from "./medians.ts";
import { readOptions } from "./options.ts";
import { costTable, figureTable, type Measured, type Report } from "./report.ts";
import type { Outcome } from "./scenario.ts";

const options = readOptions(process.argv.slice(2));
const machine = machineFacts();
console.log(
	`${machine.cores} × ${machine.cpu}, ${machine.system}, Node ${machine.node}, one sync ${machine.syncMs} ms`,
);

const databases = new Databases();
const measured: Measured[] = [];
const failures: string[] = [];
try {
	for (const scenario of options.scenarios) {
		for (const database of options.databases) {
			console.error(`… ${scenario} on ${database}`);
			try {
				const outcomes: Outcome[] = [];
				for (let round = 0; round < options.rounds; round += 1) {
					outcomes.push(await measure(scenario, await databases.fresh(database), options.size));
				}
				measured.push({ engine: "waymark", scenario, database, ...medians(outcomes) });
			} catch (error) {
				failures.push(`${scenario} on ${database}: ${error instanceof Error ? error.message : error}`);
			}
		}
	}
} finally {
	await databases.remove();
}

console.log(`\n${figureTable(measured, goalOf)}\n\n${costTable(measured)}`);
for (const failure of failures) console.log(`\nfailed: ${failure}`);
if (options.json !== null) {
	const report: Report = { machine, size: options.size, measured, failures };
	writeFileSync(options.json, `${JSON.stringify(report, null, "\t")}\n`);
}
process.exitCode = failures.length === 0 ? 0 : 1;
