import type {
	ColumnType,
	IsolationLevel,
	SqlDriverAdapter,
	SqlDriverAdapterFactory,
	SqlQuery,
	SqlQueryable,
	SqlResultSet,
	Transaction,
} from "@prisma/driver-adapter-utils";
import type Sqlite from "better-sqlite3";
import { retryWhileBusy } from "./busy-retry.ts";
import { toBound, toColumnType, toDriverError, toResult } from "./prisma-values.ts";
import type { SqliteDatabase } from "./sqlite-database.ts";

/**
 * Prisma over the shared handle. The stock adapter has a connection of its own, begins deferred transactions, and lets
 * statements made beside an open transaction slip into it and vanish with its rollback; here every statement outside
 * of a transaction waits at the gate that transactions hold.
 */
export class SharedSqliteAdapter implements SqlDriverAdapterFactory {
	readonly provider = "sqlite";
	readonly adapterName = "waymark-sqlite";

	constructor(readonly database: SqliteDatabase) {}

	async connect(): Promise<SqlDriverAdapter> {
		return new Adapter(this.database, new Statements(this.database.handle));
	}
}

interface Prepared {
	readonly statement: Sqlite.Statement<unknown[]>;
	readonly names: string[];
	/** By declared type; null where SQLite has none, for expressions. */
	readonly types: (ColumnType | null)[];
}

const MOST_STATEMENTS = 500;

class Statements {
	readonly #prepared = new Map<string, Prepared>();

	constructor(readonly handle: Sqlite.Database) {}

	query({ sql, args, argTypes }: SqlQuery): SqlResultSet {
		const { statement, names, types } = this.#of(sql);
		const values = args.map((arg, i) => toBound(arg, argTypes[i]));
		if (!statement.reader) {
			statement.run(...values);
			return { columnNames: [], columnTypes: [], rows: [] };
		}
		return toResult(names, types, statement.all(...values) as unknown[][]);
	}

	execute({ sql, args, argTypes }: SqlQuery): number {
		return this.#of(sql).statement.run(...args.map((arg, i) => toBound(arg, argTypes[i]))).changes;
	}

	#of(sql: string): Prepared {
		const known = this.#prepared.get(sql);
		if (known !== undefined) return known;
		const statement = this.handle.prepare<unknown[]>(sql);
		const columns = statement.reader ? statement.raw().safeIntegers().columns() : [];
		const names = columns.map(({ name }) => name);
		const prepared = { statement, names, types: columns.map(({ type }) => toColumnType(type)) };
		if (this.#prepared.size >= MOST_STATEMENTS) this.#prepared.clear();
		this.#prepared.set(sql, prepared);
		return prepared;
	}
}

/** Runs a statement, and says what went wrong in Prisma's words. */
function guarded<T>(statement: () => T): T {
	try {
		return statement();
	} catch (error) {
		throw toDriverError(error);
	}
}

class Adapter implements SqlDriverAdapter {
	readonly provider = "sqlite";
	readonly adapterName = "waymark-sqlite";

	constructor(
		readonly database: SqliteDatabase,
		readonly statements: Statements,
	) {}

	queryRaw(query: SqlQuery): Promise<SqlResultSet> {
		return this.#alone(() => this.statements.query(query));
	}

	executeRaw(query: SqlQuery): Promise<number> {
		return this.#alone(() => this.statements.execute(query));
	}

	async executeScript(script: string): Promise<void> {
		await this.#alone(() => this.database.handle.exec(script));
	}

	async startTransaction(_level?: IsolationLevel): Promise<Transaction> {
		return new SharedTransaction(this.database.handle, this.statements, await this.database.begin("BEGIN IMMEDIATE"));
	}

	getConnectionInfo() {
		return { supportsRelationJoins: false };
	}

	/** The handle belongs to the store, which closes it. */
	async dispose(): Promise<void> {}

	async #alone<T>(statement: () => T): Promise<T> {
		return retryWhileBusy(this.database.name, async () => {
			const leave = await this.database.gate.enter();
			try {
				return statement();
			} finally {
				leave();
			}
		}).catch((error: unknown) => {
			throw toDriverError(error);
		});
	}
}

class SharedTransaction implements Transaction, SqlQueryable {
	readonly provider = "sqlite";
	readonly adapterName = "waymark-sqlite";
	/** Prisma sends COMMIT and ROLLBACK itself, as statements. */
	readonly options = { usePhantomQuery: false };

	constructor(
		readonly handle: Sqlite.Database,
		readonly statements: Statements,
		readonly leave: () => void,
	) {}

	async queryRaw(query: SqlQuery): Promise<SqlResultSet> {
		return guarded(() => this.statements.query(query));
	}

	async executeRaw(query: SqlQuery): Promise<number> {
		return guarded(() => this.statements.execute(query));
	}

	async commit(): Promise<void> {
		this.#end();
	}

	async rollback(): Promise<void> {
		this.#end();
	}

	async createSavepoint(name: string): Promise<void> {
		guarded(() => this.handle.exec(`SAVEPOINT ${name}`));
	}

	async rollbackToSavepoint(name: string): Promise<void> {
		guarded(() => this.handle.exec(`ROLLBACK TO ${name}`));
	}

	async releaseSavepoint(name: string): Promise<void> {
		guarded(() => this.handle.exec(`RELEASE SAVEPOINT ${name}`));
	}

	/** A transaction that is still open here, because its own COMMIT or ROLLBACK failed, must not swallow the next one. */
	#end(): void {
		if (this.handle.inTransaction) this.handle.exec("ROLLBACK");
		this.leave();
	}
}
