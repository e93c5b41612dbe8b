import { spawnSync } from "node:child_process";
import path from "node:path";
import { InvalidArgumentError, StoreUnusableError } from "@waymark/engine/backend";
import { describe, expect, it } from "vitest";
import { migrationsFolder, readMigrations } from "../migrations.ts";
import { openBackend } from "../open-backend.ts";
import { PostgresServer } from "../testing/postgres-server.ts";
import { checkVersion } from "./connection.ts";
import { asRefusal, faultOf } from "./postgres-errors.ts";

const REPOSITORY = path.resolve(import.meta.dirname, "../../../..");

const server = await PostgresServer.startOwn("fast");

/** What opening that address is refused with. */
async function refusal(url: string): Promise<string> {
	try {
		await (await openBackend(url)).close();
	} catch (error) {
		if (!StoreUnusableError.is(error)) throw error;
		return error.message;
	}
	throw new Error("It was opened.");
}

function as(role: string, url: string, password = ""): string {
	const address = new URL(url);
	address.username = role;
	address.password = password;
	return address.href;
}

describe("opening a PostgreSQL database refuses", () => {
	it("a wrong password, and never repeats it", async () => {
		await server.sql("CREATE ROLE careful LOGIN PASSWORD 'right'");
		await server.demandPasswordOf("careful");
		const url = await server.createDatabase();
		const message = await refusal(as("careful", url, "wrong-one"));
		expect(message).toContain("refuses the user or the password");
		expect(message).not.toContain("wrong-one");
		expect(await refusal(as("careful", url))).toContain("refuses the user or the password");
	});

	it("an unencrypted connection where TLS is required, and TLS where there is none", async () => {
		await server.sql("CREATE ROLE cautious LOGIN");
		await server.demandEncryptionOf("cautious");
		const url = await server.createDatabase();
		expect(await refusal(as("cautious", url))).toContain("sslmode=verify-full");
		expect(await refusal(`${url}?sslmode=verify-full`)).toContain("speaks no TLS");
	});

	it("a database that is not there", async () => {
		expect(await refusal(server.address("nowhere"))).toContain("there is no such database");
	});

	it("a server that is not there", async () => {
		expect(await refusal("postgresql://postgres@127.0.0.1:1/x")).toContain("cannot be reached");
	});

	it("an address that is none", async () => {
		expect(await refusal("postgresql://user:secret@:x")).not.toContain("secret");
	});

	it("a server that is too old", () => {
		expect(() => checkVersion("store", 14)).toThrow("PostgreSQL 14; 15 or newer is needed");
		expect(() => checkVersion("store", 15)).not.toThrow();
	});

	it("a role without the right to create tables", async () => {
		await server.sql("CREATE ROLE guest LOGIN");
		expect(await refusal(as("guest", await server.createEmptyDatabase()))).toContain("GRANT CREATE");
	});

	it("a read-only database", async () => {
		const url = await server.createDatabase();
		await server.sql(`ALTER DATABASE "${new URL(url).pathname.slice(1)}" SET default_transaction_read_only = on`);
		expect(await refusal(url)).toContain("it is read-only");
	});

	it("a newer schema", async () => {
		const url = await server.createDatabase();
		await server.sql(
			`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '9_later', now())`,
			url,
		);
		expect(await refusal(url)).toContain("newer version of Waymark");
	});

	it("a database of another application", async () => {
		const url = await server.createEmptyDatabase();
		await server.sql("CREATE TABLE instance (x integer)", url);
		expect(await refusal(url)).toContain("other tables of the same names");
		expect(await server.sql("SELECT to_regclass('definition') AS found", url)).toEqual([{ found: null }]);
	});

	it("a database that was emptied", async () => {
		const url = await server.createDatabase();
		await server.sql("DELETE FROM store", url);
		expect(await refusal(url)).toContain("lost its contents");
	});
});

describe("a PostgreSQL backend", () => {
	it("has a name without the password", async () => {
		const backend = await openBackend(as("postgres", await server.createDatabase(), "secret"));
		expect(backend.name).toMatch(/^postgresql:\/\/postgres@127\.0\.0\.1:\d+\/waymark_test/);
		await backend.close();
	});

	it("migrates once when three open an empty database at once", async () => {
		const url = await server.createEmptyDatabase();
		const backends = await Promise.all([1, 2, 3].map(() => openBackend(url)));
		await Promise.all(backends.map((backend) => backend.close()));
		expect(await server.sql("SELECT count(*)::int AS n FROM store", url)).toEqual([{ n: 1 }]);
		const { length } = readMigrations(migrationsFolder("postgresql"));
		expect(await server.sql("SELECT count(*)::int AS n FROM _prisma_migrations", url)).toEqual([{ n: length }]);
	});
});

describe("the committed PostgreSQL migrations", () => {
	it("leave a database that Prisma's own CLI calls up to date, without drift from the models", async () => {
		const url = await server.createDatabase();
		const prisma = (...args: string[]) =>
			spawnSync(process.execPath, [path.join(REPOSITORY, "scripts/prisma.mjs"), "postgresql", ...args], {
				encoding: "utf8",
				env: { ...process.env, DATABASE_URL: url },
			});
		expect(prisma("migrate", "status").stdout).toContain("Database schema is up to date");
		const models = path.join(REPOSITORY, "prisma/postgresql");
		const drift = prisma("migrate", "diff", "--from-config-datasource", "--to-schema", models, "--exit-code");
		expect(drift.stdout).toContain("No difference detected");
	}, 60_000);
});

describe("errors of the server", () => {
	const coded = (code: string) => Object.assign(new Error("x"), { code });

	it("are told apart by what helps: another connection, another try, or neither", () => {
		expect(["57P01", "08006", "ECONNRESET", "25006", "53300"].map((code) => faultOf(coded(code)))).toEqual(
			Array(5).fill("away"),
		);
		expect(["40001", "40P01", "55P03"].map((code) => faultOf(coded(code)))).toEqual(Array(3).fill("contended"));
		expect(["42601", "23505", "28P01"].map((code) => faultOf(coded(code)))).toEqual(Array(3).fill("final"));
	});

	it("become refusals where the command is at fault", () => {
		expect(InvalidArgumentError.is(asRefusal(coded("23505")))).toBe(true);
		expect(InvalidArgumentError.is(asRefusal(coded("42601")))).toBe(false);
	});
});
