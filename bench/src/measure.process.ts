/** Measures one scenario on one database in a process of its own: `node measure.process.js <scenario> <url> <size>`. */
import type { Size } from "./scenario.ts";
import { scenarios } from "./scenarios/index.ts";
import { Stand } from "./stand/stand.ts";
import { countStatements } from "./stand/statement-count.ts";

const [name, url = "", size] = process.argv.slice(2);
const scenario = scenarios.find((candidate) => candidate.name === name);
if (scenario === undefined) throw new Error(`There is no scenario ${name}.`);

countStatements();
const stand = await Stand.open(url);
const outcome = await scenario.run(stand, size as Size);
await stand.close();
console.log(`outcome ${JSON.stringify(outcome)}`);
