import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { openBackend } from "@waymark/persistence";
import { PostgresHost } from "@waymark/persistence/testing";
import { afterAll, describe, expect, it } from "vitest";
import { AFTER_UPGRADE } from "./released.mjs";
import { upgradeAndDrive } from "./upgrade-and-drive.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const MIGRATIONS = path.join(ROOT, "prisma/postgresql/migrations");
/** The first release knew SQLite files alone to be dumped: its rows are the same on both databases. */
const RELEASED = path.join(import.meta.dirname, "released/20261123131145_init.sql");
const { migrate } = (await import(path.join(ROOT, "packages/persistence/dist/postgresql/migrate.js"))) as {
	migrate(client: Client, store: string, migrations: readonly Migration[]): Promise<string[]>;
};

type Client = Parameters<Parameters<PostgresHost["session"]>[0]>[0];

interface Migration {
	readonly name: string;
	readonly sql: string;
	readonly checksum: string;
}

const migrations: readonly Migration[] = readdirSync(MIGRATIONS)
	.filter((name) => /^\d/.test(name))
	.sort()
	.map((name) => {
		const sql = readFileSync(path.join(MIGRATIONS, name, "migration.sql"), "utf8");
		return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
	});

const server = await PostgresHost.startOwn("fast");
afterAll(() => server.remove());

/** A database as the first release left it. */
async function releasedDatabase(): Promise<string> {
	databases += 1;
	const name = `released_${databases}`;
	await server.sql(`CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
	const url = new URL(server.url);
	url.pathname = `/${name}`;
	await server.session(async (client) => {
		await migrate(client, name, migrations.slice(0, 1));
		await client.query("DELETE FROM store");
		const rows = readFileSync(RELEASED, "utf8")
			.split("\n")
			.filter((line) => line.startsWith("INSERT INTO") && !line.startsWith('INSERT INTO "_prisma_migrations"'))
			.map((line) => line.replace(/\bX'([0-9A-F]*)'/g, "'\\x$1'"));
		// Those that others refer to come first.
		const order = ["definition", "instance"];
		const rank = (line: string) => (order.findIndex((table) => line.startsWith(`INSERT INTO "${table}"`)) + 3) % 3;
		const parents = rows.filter((line) => rank(line) !== 2);
		for (const line of [...parents.sort((a, b) => rank(a) - rank(b)), ...rows.filter((line) => rank(line) === 2)]) {
			await client.query(line);
		}
	}, url.href);
	return url.href;
}

let databases = 0;

function schemaOf(url: string): Promise<unknown[]> {
	return server.sql(
		`SELECT c.relname, c.relkind, a.attname, pg_get_indexdef(c.oid) AS index FROM pg_class c
		LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
		WHERE c.relnamespace = 'public'::regnamespace ORDER BY 1, 3`,
		url,
	);
}

async function checkHistory(url: string): Promise<void> {
	const rows = await server.sql<{ migration_name: string }>(
		"SELECT migration_name FROM _prisma_migrations ORDER BY migration_name",
		url,
	);
	expect(rows.map((row) => row.migration_name)).toEqual(migrations.map(({ name }) => name));
}

/** The session that upgrades ends before statement `dieBefore` of what is missing; not at all if there are fewer. */
async function migrateAndDie(url: string, dieBefore: number): Promise<number> {
	let counted = 0;
	const doomed = migrations.map((migration, i) => {
		if (i === 0) return migration;
		const statements = migration.sql.split(/;\s*$/m).filter((text) => text.replace(/--.*$/gm, "").trim() !== "");
		const text = statements.map((statement) => {
			counted += 1;
			const dies = counted === dieBefore ? "SELECT pg_terminate_backend(pg_backend_pid());\n" : "";
			return `${dies}${statement};`;
		});
		return { ...migration, sql: text.join("\n") };
	});
	if (dieBefore <= counted) {
		await expect(server.session((client) => migrate(client, "store", doomed), url)).rejects.toThrow();
	}
	return counted;
}

describe("a PostgreSQL store of the first release", () => {
	it("is brought up to date at opening, and everything in it goes on", async () => {
		const url = await releasedDatabase();
		expect(await upgradeAndDrive(url)).toEqual(AFTER_UPGRADE);
		await checkHistory(url);
	});

	it("is as it was when the upgrade is cut off before any of its statements, and upgrades the next time", async () => {
		const url = await releasedDatabase();
		const before = await schemaOf(url);
		let cuts = 0;
		for (let at = 1; at <= (await migrateAndDie(url, at)); at += 1) {
			expect(await schemaOf(url)).toEqual(before);
			cuts += 1;
		}
		expect(cuts).toBeGreaterThanOrEqual(migrations.length - 1);
		expect(await upgradeAndDrive(url)).toEqual(AFTER_UPGRADE);
		await checkHistory(url);
		await (await openBackend(url)).close();
	});
});
