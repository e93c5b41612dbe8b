import type Sqlite from "better-sqlite3";
import type { Sql, SqlValue } from "../sql.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";

/** More texts than the facets have; only generated SQL could pass it. */
const MOST_STATEMENTS = 500;

/** Statements on the shared handle, each prepared once. They run at once, on the calling turn of the event loop. */
export class SqliteSql implements Sql {
	readonly dialect = sqliteDialect;
	readonly #statements = new Map<string, Sqlite.Statement<SqlValue[]>>();

	constructor(readonly handle: Sqlite.Database) {}

	all<Row>(text: string, ...values: readonly SqlValue[]): Row[] {
		return this.#prepared(text).all(...values) as Row[];
	}

	get<Row>(text: string, ...values: readonly SqlValue[]): Row | undefined {
		return this.#prepared(text).get(...values) as Row | undefined;
	}

	run(text: string, ...values: readonly SqlValue[]): number {
		return this.#prepared(text).run(...values).changes;
	}

	/** Other processes see it by the file's data_version. */
	announce(): void {}

	#prepared(text: string): Sqlite.Statement<SqlValue[]> {
		const known = this.#statements.get(text);
		if (known !== undefined) return known;
		const statement = this.handle.prepare<SqlValue[]>(text);
		if (this.#statements.size >= MOST_STATEMENTS) this.#statements.clear();
		this.#statements.set(text, statement);
		return statement;
	}
}
