import { createHash } from "node:crypto";
import type { Clock, Ids } from "@waymark/engine/backend";
import type pg from "pg";
import { Committer } from "../committer.ts";
import { DeathWatch } from "../guards.ts";
import { Hints } from "../hints.ts";
import { migrationsFolder, readMigrations } from "../migrations.ts";
import { LazyReadClient, type ReadClient } from "../read-client.ts";
import type { Store } from "../store.ts";
import { ValueReads } from "../value-reads.ts";
import { checkServer, connect, connectBeside, discard, ENDLESS, readOnlyAddress, storeName } from "./connection.ts";
import { migrate, requireMigrated } from "./migrate.ts";
import { PostgresDatabase } from "./postgres-database.ts";
import { faultOf, pgCode, withWayOut } from "./postgres-errors.ts";

export interface PostgresOptions {
	/** Null: the database's. Tests give another. */
	readonly clock: Clock | null;
	readonly ids: Ids;
	readonly readOnly?: boolean;
}

/** Opens the store and brings its schema up to date. `release` closes it. */
export async function openPostgresStore(
	url: string,
	options: PostgresOptions,
): Promise<{ readonly store: Store; readonly release: () => Promise<void> }> {
	const name = storeName(url);
	const address = options.readOnly === true ? readOnlyAddress(url) : url;
	const writer = await migratedConnection(address, name, options.readOnly === true);
	const database = new PostgresDatabase(address, options.clock, writer);
	const hints = new Hints((listener) => database.watch(listener));
	const committer = new Committer(database, options.ids, (changes) => hints.announce(changes));
	const prisma = new LazyReadClient(async () => {
		const [{ PrismaPg }, { PrismaClient }] = await Promise.all([
			import("@prisma/adapter-pg"),
			import("../generated/postgresql/client.ts"),
		]);
		const adapter = new PrismaPg(database.listers.pool, { statementNameGenerator: ({ sql }) => statementName(sql) });
		return new PrismaClient({ adapter }) as unknown as ReadClient;
	});
	const release = async () => {
		await committer.drained();
		hints.close();
		await prisma.close();
		await database.close();
	};
	const deaths = new DeathWatch(database.guards);
	const values = new ValueReads(database, committer.recent);
	return { store: { database, committer, values, hints, prisma, deaths }, release };
}

/** A server that cuts more sessions of one that opens means it. */
const MOST_TRIES = 5;
/** By somebody with pg_terminate_backend, or by a server that goes: then the next connection is refused. */
const SESSION_ENDED = "57P01";

/**
 * Brings the schema up to date, and answers a connection to write with: who reads alone has it for nothing. A connection
 * that is lost meanwhile is made anew; where none can be made, that is said at once.
 */
async function migratedConnection(url: string, store: string, readOnly: boolean): Promise<pg.Client> {
	for (let tries = 1; ; tries += 1) {
		let first: pg.Client | null = null;
		try {
			first = await connect(url, ENDLESS);
			await checkServer(first, store, readOnly);
			const migrations = readMigrations(migrationsFolder("postgresql"));
			await (readOnly ? requireMigrated : migrate)(first, store, migrations);
			return await connectBeside(first, url, store);
		} catch (error) {
			const isLost = first === null ? pgCode(error) === SESSION_ENDED : faultOf(error) === "away";
			if (!isLost || tries === MOST_TRIES) throw withWayOut(store, error);
		} finally {
			if (first !== null) discard(first);
		}
	}
}

/** The same text, the same name: without one each read is parsed and planned anew, at twice the cost. */
function statementName(sql: string): string {
	return `prisma_${createHash("sha1").update(sql).digest("base64url")}`;
}
