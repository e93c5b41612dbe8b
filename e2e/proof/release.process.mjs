// Makes e2e/proof/released/<last migration>.sql from this build: run it once for each release that adds a migration.
//   node e2e/proof/release.process.mjs
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { openBackend } from "@waymark/persistence";
import Sqlite from "better-sqlite3";
import { fillAndDie } from "./released.mjs";

const file = process.argv[2];
if (file === undefined) makeRelease();
else await fillAndDie(await openBackend(`file:${file}`));

function makeRelease() {
	const folder = mkdtempSync(path.join(tmpdir(), "waymark-release-"));
	const store = path.join(folder, "store.db");
	const { signal } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), store], { stdio: "inherit" });
	if (signal !== "SIGKILL") throw new Error("It was not killed in its task.");
	const handle = new Sqlite(store);
	const last = handle.prepare("SELECT MAX(migration_name) FROM _prisma_migrations").pluck().get();
	const target = path.join(import.meta.dirname, "released", `${last}.sql`);
	writeFileSync(target, `${dump(handle).join("\n")}\n`);
	handle.close();
	rmSync(folder, { recursive: true });
	console.log(target);
}

/** @param {Sqlite.Database} handle */
function dump(handle) {
	const objects = handle.prepare("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").all();
	const lines = [`PRAGMA application_id = ${handle.pragma("application_id", { simple: true })};`];
	for (const { sql } of /** @type {{ sql: string }[]} */ (objects)) lines.push(`${sql};`);
	for (const { type, name } of /** @type {{ type: string, name: string }[]} */ (objects)) {
		if (type !== "table") continue;
		const columns = /** @type {{ name: string }[]} */ (handle.pragma(`table_info("${name}")`)).map(
			(c) => `"${c.name}"`,
		);
		const quoted = columns.map((column) => `quote(${column})`).join(` || ', ' || `);
		for (const row of handle.prepare(`SELECT ${quoted} FROM "${name}"`).pluck().all()) {
			lines.push(`INSERT INTO "${name}" (${columns.join(", ")}) VALUES (${row});`);
		}
	}
	return lines;
}
