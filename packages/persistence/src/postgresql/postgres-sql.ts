import type pg from "pg";
import type { Sql, SqlValue } from "../sql.ts";
import { postgresDialect } from "./postgres-dialect.ts";

interface Statement {
	readonly name: string;
	readonly text: string;
}

/** Shared by all connections: each prepares a statement once under its name. No text holds a literal question mark. */
const statements = new Map<string, Statement>();

function statementOf(text: string): Statement {
	const known = statements.get(text);
	if (known !== undefined) return known;
	let parameters = 0;
	const statement = {
		name: `waymark_${statements.size + 1}`,
		text: text.replace(/\?/g, () => {
			parameters += 1;
			return `$${parameters}`;
		}),
	};
	statements.set(text, statement);
	return statement;
}

/** The statements of one transaction on its connection. */
export class PostgresSql implements Sql {
	readonly dialect = postgresDialect;
	/** Whether other processes are to be told. */
	announced = false;

	constructor(readonly client: pg.ClientBase) {}

	async all<Row>(text: string, ...values: readonly SqlValue[]): Promise<Row[]> {
		return (await this.#query(text, values)).rows as Row[];
	}

	async get<Row>(text: string, ...values: readonly SqlValue[]): Promise<Row | undefined> {
		return (await this.#query(text, values)).rows[0] as Row | undefined;
	}

	async run(text: string, ...values: readonly SqlValue[]): Promise<number> {
		return (await this.#query(text, values)).rowCount ?? 0;
	}

	announce(): void {
		this.announced = true;
	}

	#query(text: string, values: readonly SqlValue[]): Promise<pg.QueryResult> {
		return this.client.query({ ...statementOf(text), values: [...values] });
	}
}
