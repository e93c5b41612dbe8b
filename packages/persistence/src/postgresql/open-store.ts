import { createHash } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import type { Clock, Ids } from "@waymark/engine/backend";
import type pg from "pg";
import { Committer } from "../committer.ts";
import { PrismaClient } from "../generated/postgresql/client.ts";
import { DeathWatch } from "../guards.ts";
import { Hints } from "../hints.ts";
import { migrationsFolder, readMigrations } from "../migrations.ts";
import type { ReadClient } from "../read-client.ts";
import type { Store } from "../store.ts";
import { ValueReads } from "../value-reads.ts";
import { connectBeside, connectFirst, discard, storeName } from "./connection.ts";
import { migrate } from "./migrate.ts";
import { PostgresDatabase } from "./postgres-database.ts";
import { withWayOut } from "./postgres-errors.ts";

export interface PostgresOptions {
	/** Null: the database's. Tests give another. */
	readonly clock: Clock | null;
	readonly ids: Ids;
}

/** Opens the store and brings its schema up to date. `release` closes it. */
export async function openPostgresStore(
	url: string,
	options: PostgresOptions,
): Promise<{ readonly store: Store; readonly release: () => Promise<void> }> {
	const name = storeName(url);
	const database = new PostgresDatabase(url, options.clock, await migratedConnection(url, name));
	const hints = new Hints((listener) => database.watch(listener));
	const committer = new Committer(database, options.ids, (changes) => hints.announce(changes));
	const adapter = new PrismaPg(database.listers.pool, { statementNameGenerator: ({ sql }) => statementName(sql) });
	const prisma = new PrismaClient({ adapter });
	const release = async () => {
		await committer.drained();
		hints.close();
		await prisma.$disconnect();
		await database.close();
	};
	const deaths = new DeathWatch(database.guards);
	const values = new ValueReads(database, committer.recent);
	return { store: { database, committer, values, hints, prisma: prisma as unknown as ReadClient, deaths }, release };
}

/** Brings the schema up to date, and answers a connection to write with. */
async function migratedConnection(url: string, store: string): Promise<pg.Client> {
	const first = await connectFirst(url, store);
	try {
		await migrate(first, store, readMigrations(migrationsFolder("postgresql")));
		return await connectBeside(first, url, store);
	} catch (error) {
		throw withWayOut(store, error);
	} finally {
		discard(first);
	}
}

/** The same text, the same name: without one each read is parsed and planned anew, at twice the cost. */
function statementName(sql: string): string {
	return `prisma_${createHash("sha1").update(sql).digest("base64url")}`;
}
