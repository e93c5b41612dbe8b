import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { openBackend } from "@waymark/persistence";
import Sqlite from "better-sqlite3";
import { afterAll, describe, expect, it } from "vitest";
import { AFTER_UPGRADE } from "./released.mjs";
import { upgradeAndDrive } from "./upgrade-and-drive.ts";

const RELEASED = path.join(import.meta.dirname, "released");
const MIGRATIONS = path.join(import.meta.dirname, "../../prisma/sqlite/migrations");
const BUILT_MIGRATE = path.join(import.meta.dirname, "../../packages/persistence/dist/sqlite/migrate.js");

const folder = mkdtempSync(path.join(tmpdir(), "waymark-upgrade-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const releases = readdirSync(RELEASED).map((name) => path.basename(name, ".sql"));
const migrations = readdirSync(MIGRATIONS)
	.filter((name) => /^\d/.test(name))
	.sort();

let files = 0;

/** The file as that release left it. */
function releasedFile(release: string): string {
	files += 1;
	const file = path.join(folder, `${files}.db`);
	const handle = new Sqlite(file);
	handle.pragma("journal_mode = WAL");
	handle.pragma("foreign_keys = OFF");
	handle.exec(readFileSync(path.join(RELEASED, `${release}.sql`), "utf8"));
	handle.close();
	return file;
}

function schemaOf(file: string): unknown[] {
	const handle = new Sqlite(file);
	const sql = handle.prepare("SELECT sql FROM sqlite_master ORDER BY name").pluck().all();
	handle.close();
	return sql;
}

function checkFile(file: string): void {
	const handle = new Sqlite(file);
	expect(handle.pragma("integrity_check", { simple: true })).toBe("ok");
	expect(handle.pragma("foreign_key_check")).toEqual([]);
	expect(handle.prepare("SELECT migration_name FROM _prisma_migrations ORDER BY 1").pluck().all()).toEqual(migrations);
	handle.close();
}

/** A process that applies what is missing, and is killed before statement `dieBefore` of it; not at all if there are fewer. */
function migrateAndDie(file: string, missing: readonly string[], dieBefore: number) {
	let counted = 0;
	const doomed = missing.map((name) => {
		const sql = readFileSync(path.join(MIGRATIONS, name, "migration.sql"), "utf8");
		const statements = sql.split(/;\s*$/m).filter((text) => text.replace(/--.*$/gm, "").trim() !== "");
		const text = statements.map((statement) => {
			counted += 1;
			return counted === dieBefore ? `SELECT die(); ${statement}` : statement;
		});
		return { name, sql: `${text.join(";\n")};\n${counted + 1 === dieBefore ? "SELECT die();" : ""}`, checksum: "x" };
	});
	const script = `
		import { readFileSync } from "node:fs";
		import Sqlite from ${JSON.stringify(import.meta.resolve("better-sqlite3"))};
		import { migrate } from ${JSON.stringify(BUILT_MIGRATE)};
		const [file, doomed] = JSON.parse(readFileSync(0, "utf8"));
		const handle = new Sqlite(file, { timeout: 0 });
		handle.function("die", { directOnly: false }, () => process.kill(process.pid, "SIGKILL"));
		const known = handle.prepare("SELECT migration_name AS name, checksum FROM _prisma_migrations ORDER BY 1").all();
		await migrate(handle, "store", [...known.map((row) => ({ ...row, sql: "" })), ...doomed]);
	`;
	const input = JSON.stringify([file, doomed]);
	return {
		...spawnSync(process.execPath, ["--input-type=module", "-e", script], { input, encoding: "utf8" }),
		counted,
	};
}

describe.each(releases)("a store of release %s", (release) => {
	it("is brought up to date at opening, and everything in it goes on", async () => {
		const file = releasedFile(release);
		expect(await upgradeAndDrive(`file:${file}`)).toEqual(AFTER_UPGRADE);
		checkFile(file);
	});

	it("is as it was when the upgrade is killed before any of its statements, and upgrades the next time", async () => {
		const missing = migrations.filter((name) => name > release);
		const before = schemaOf(releasedFile(release));
		let kills = 0;
		for (let at = 1; ; at += 1) {
			const file = releasedFile(release);
			const { signal, stderr, counted } = migrateAndDie(file, missing, at);
			if (at > counted + 1) break;
			expect(signal, stderr).toBe("SIGKILL");
			kills += 1;
			expect(schemaOf(file)).toEqual(before);
			if (at % 3 === 1) expect(await upgradeAndDrive(`file:${file}`)).toEqual(AFTER_UPGRADE);
			else await (await openBackend(`file:${file}`)).close();
			checkFile(file);
		}
		expect(kills).toBeGreaterThanOrEqual(missing.length);
	});
});

it("there is a release for the first migration, and none that this version does not know", () => {
	expect(releases[0]).toBe(migrations[0]);
	expect(migrations).toEqual(expect.arrayContaining(releases));
});
