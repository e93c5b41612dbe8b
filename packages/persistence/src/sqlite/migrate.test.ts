import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Migration, migrationsFolder, readMigrations } from "../migrations.ts";
import { openBackend } from "../open-backend.ts";
import { built, runProcess } from "../testing/child-process.ts";
import { temporaryFile } from "../testing/temporary-folder.ts";
import { migrate } from "./migrate.ts";

const REPOSITORY = path.resolve(import.meta.dirname, "../../../..");

function migration(name: string, sql: string): Migration {
	return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
}

const FIRST = migration("1_first", "CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (1);");
const SECOND = migration("2_second", "CREATE TABLE b (y INTEGER); INSERT INTO a VALUES (2);");

function openHandle(file: string) {
	const handle = new Sqlite(file, { timeout: 0 });
	handle.pragma("journal_mode = WAL");
	onTestFinished(() => {
		handle.close();
	});
	return handle;
}

function names(handle: Sqlite.Database): unknown[] {
	return handle.prepare("SELECT migration_name FROM _prisma_migrations ORDER BY 1").pluck().all();
}

function tables(handle: Sqlite.Database): unknown[] {
	return handle
		.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> '_prisma_migrations'")
		.pluck()
		.all();
}

/** A process that migrates the file with these migrations; `die()` in their SQL kills it. */
function migratingProcess(file: string, migrations: readonly Migration[]) {
	return runProcess(`
		import Sqlite from "better-sqlite3";
		import { migrate } from ${built("sqlite/migrate.js")};
		const handle = new Sqlite(${JSON.stringify(file)}, { timeout: 0 });
		handle.function("die", { directOnly: false }, () => process.kill(process.pid, "SIGKILL"));
		console.log(JSON.stringify(await migrate(handle, "store", ${JSON.stringify(migrations)})));
		handle.close();
	`);
}

describe("migrations at open", () => {
	it("are each applied once, in order, and later ones alone", async () => {
		const handle = openHandle(temporaryFile());
		expect(await migrate(handle, "store", [FIRST])).toEqual(["1_first"]);
		expect(await migrate(handle, "store", [FIRST, SECOND])).toEqual(["2_second"]);
		expect(await migrate(handle, "store", [FIRST, SECOND])).toEqual([]);
		expect(handle.prepare("SELECT x FROM a").pluck().all()).toEqual([1, 2]);
		expect(handle.pragma("foreign_keys", { simple: true })).toBe(1);
	});

	it("are refused if one was edited after it had been applied", async () => {
		const handle = openHandle(temporaryFile());
		await migrate(handle, "store", [FIRST]);
		const edited = migration(FIRST.name, `${FIRST.sql} -- edited`);
		await expect(migrate(handle, "store", [edited, SECOND])).rejects.toThrow("was edited after");
		expect(tables(handle)).toEqual(["a"]);
	});

	it("are refused if the file has a later one than this version knows", async () => {
		const handle = openHandle(temporaryFile());
		await migrate(handle, "store", [FIRST, SECOND]);
		await expect(migrate(handle, "store", [FIRST])).rejects.toThrow("newer version");
	});

	it("leave the old schema when one fails, and can be repeated", async () => {
		const handle = openHandle(temporaryFile());
		await migrate(handle, "store", [FIRST]);
		const failing = migration("2_second", "CREATE TABLE b (y INTEGER); INSERT INTO nowhere VALUES (1);");
		await expect(migrate(handle, "store", [FIRST, failing])).rejects.toThrow("nowhere");
		expect(tables(handle)).toEqual(["a"]);
		expect(await migrate(handle, "store", [FIRST, SECOND])).toEqual(["2_second"]);
	});

	it("are applied by exactly one of three racing processes", async () => {
		const file = temporaryFile();
		const handle = openHandle(file);
		await migrate(handle, "store", [FIRST]);
		const ended = await Promise.all([1, 2, 3].map(() => migratingProcess(file, [FIRST, SECOND])));
		expect(ended.map(({ code }) => code)).toEqual([0, 0, 0]);
		expect(ended.map(({ output }) => output.trim()).sort()).toEqual(["[]", "[]", '["2_second"]'].sort());
		expect(names(handle)).toEqual(["1_first", "2_second"]);
	}, 60_000);

	it("that were killed half way run again from the old schema", async () => {
		const file = temporaryFile();
		const handle = openHandle(file);
		await migrate(handle, "store", [FIRST]);
		const deadly = migration("2_second", "CREATE TABLE b (y INTEGER); SELECT die(); INSERT INTO a VALUES (2);");
		expect((await migratingProcess(file, [FIRST, deadly])).signal).toBe("SIGKILL");
		expect(tables(handle)).toEqual(["a"]);
		expect(await migrate(handle, "store", [FIRST, SECOND])).toEqual(["2_second"]);
		expect(handle.pragma("integrity_check", { simple: true })).toBe("ok");
	}, 60_000);
});

describe("the committed migrations", () => {
	it("make one store of one file when three processes open it at once", async () => {
		const file = temporaryFile();
		const script = `
			import { openBackend } from ${built("index.js")};
			const backend = await openBackend(${JSON.stringify(`file:${file}`)});
			await backend.registerWorker({ workerId: String(process.pid), name: "w", slots: 1, leaseMs: 60_000 });
			await backend.close();
		`;
		const ended = await Promise.all([1, 2, 3].map(() => runProcess(script)));
		expect(ended.map(({ code, output }) => ({ code, output }))).toEqual(Array(3).fill({ code: 0, output: "" }));
		const handle = openHandle(file);
		expect(handle.prepare("SELECT COUNT(*) FROM store").pluck().get()).toBe(1);
		expect(handle.prepare("SELECT COUNT(*) FROM worker").pluck().get()).toBe(3);
		expect(names(handle)).toEqual(readMigrations(migrationsFolder("sqlite")).map(({ name }) => name));
	}, 60_000);

	it("leave a file that Prisma's own CLI calls up to date, without drift from the models", async () => {
		const file = temporaryFile();
		await (await openBackend(`file:${file}`)).close();
		const prisma = (...args: string[]) =>
			spawnSync(process.execPath, [path.join(REPOSITORY, "scripts/prisma.mjs"), "sqlite", ...args], {
				encoding: "utf8",
				env: { ...process.env, DATABASE_URL: `file:${file}` },
			});
		expect(prisma("migrate", "status").stdout).toContain("Database schema is up to date");
		const models = path.join(REPOSITORY, "prisma/sqlite");
		const drift = prisma("migrate", "diff", "--from-config-datasource", "--to-schema", models, "--exit-code");
		expect(drift.stdout).toContain("No difference detected");
	}, 60_000);
});
