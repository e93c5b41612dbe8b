// Fills a database with many instances for looking at and measuring the reads of the dashboard. It writes rows directly
// and in sets, consistent with each other: everything that a page reads of an instance is there.
//   npm run seed -- --instances 1000000 --db file:./big.db        (or --db postgresql://…)
import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { openBackend } from "@waymark/persistence";
import { seedStatements } from "./seed/statements.mjs";

const { values } = parseArgs({
	options: {
		instances: { type: "string", default: "100000" },
		db: { type: "string", default: "file:.waymark/seeded.db" },
	},
});
const wanted = Number(values.instances);
if (!Number.isInteger(wanted) || wanted < 1) {
	console.error("npm run seed -- --instances 1000000 --db file:./big.db");
	process.exit(2);
}

/** Rows of one transaction. */
const BATCH = 50_000;

// Opening applies the migrations.
await (await openBackend(values.db)).close();
const requireFromPersistence = createRequire(new URL("../packages/persistence/package.json", import.meta.url));
const target = values.db.startsWith("file:") ? sqlite(values.db.slice("file:".length)) : await postgresql(values.db);
const statements = seedStatements(target.dialect, { seed: randomUUID().slice(0, 6), now: Date.now(), total: wanted });
const begun = Date.now();
await target.run(statements.definitions);
for (let from = 0; from < wanted; from += BATCH) {
	const to = Math.min(wanted, from + BATCH);
	await target.together(statements.rows(from, to));
	console.log(`${to} of ${wanted} instances, ${((Date.now() - begun) / 1_000).toFixed(0)} s`);
}
await target.finish();

/** @param {string} file */
function sqlite(file) {
	const Sqlite = requireFromPersistence("better-sqlite3");
	const handle = new Sqlite(file);
	handle.pragma("journal_mode = WAL");
	handle.pragma("synchronous = NORMAL");
	handle.pragma("cache_size = -200000");
	handle.pragma("foreign_keys = OFF");
	return {
		dialect: /** @type {const} */ ("sqlite"),
		run: async (/** @type {string} */ text) => handle.exec(text),
		together: async (/** @type {readonly string[]} */ texts) => handle.exec(`BEGIN; ${texts.join(";\n")}; COMMIT`),
		finish: async () => {
			handle.exec("ANALYZE");
			handle.pragma("wal_checkpoint(TRUNCATE)");
			handle.close();
		},
	};
}

/** @param {string} url */
async function postgresql(url) {
	const pg = requireFromPersistence("pg");
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	await client.query("SET synchronous_commit = off; SET statement_timeout = 0");
	return {
		dialect: /** @type {const} */ ("postgresql"),
		run: (/** @type {string} */ text) => client.query(text),
		together: (/** @type {readonly string[]} */ texts) => client.query(`BEGIN; ${texts.join(";\n")}; COMMIT`),
		finish: async () => {
			await client.query("VACUUM ANALYZE");
			await client.end();
		},
	};
}
