import Sqlite from "better-sqlite3";
import pg from "pg";

/** Connections of the benchmark itself: what they say is not counted. */
export const uncounted = new WeakSet<object>();

interface Counted {
	/** Statements, BEGIN and COMMIT among them. */
	statements: number;
	/** Times that the server was asked; on SQLite each statement is a call. */
	roundTrips: number;
	/** COMMITs of transactions that may write, and statements that write outside one. */
	commits: number;
	/** Texts that a connection had not seen before. */
	prepared: number;
	/** Looks at SQLite's shared memory for other processes' commits: no transaction, no disk. */
	looks: number;
}

/** Everything that this process said to its databases since it began. */
export const said: Counted = { statements: 0, roundTrips: 0, commits: 0, prepared: 0, looks: 0 };

const LOOK = "PRAGMA data_version";

/** Handles that were counted, for what SQLite counts by itself. */
export const sqliteHandles: Set<SqliteHandle> = new Set();

type SqliteHandle = InstanceType<typeof Sqlite>;

type Method = (...args: unknown[]) => unknown;

/** Counts at the drivers, so that no code of the engine has to know. Costs about 0.1 µs a statement. */
export function countStatements(): void {
	countSqlite();
	countPostgres();
}

function countSqlite(): void {
	const probe = new Sqlite(":memory:");
	const statement = Object.getPrototypeOf(probe.prepare("SELECT 1")) as Record<string, Method>;
	for (const name of ["run", "get", "all"]) {
		const original = statement[name] as Method;
		statement[name] = function (this: Sqlite.Statement, ...args: unknown[]) {
			if (this.source === LOOK) said.looks += 1;
			else if (!uncounted.has(this.database)) {
				said.statements += 1;
				said.roundTrips += 1;
				if (this.source === "COMMIT" && sqliteWrites.delete(this.database)) said.commits += 1;
				if (this.source === "BEGIN IMMEDIATE") sqliteWrites.add(this.database);
				sqliteHandles.add(this.database);
			}
			return original.apply(this, args);
		};
	}
	const database = Object.getPrototypeOf(probe) as Record<string, Method>;
	const prepare = database.prepare as Method;
	database.prepare = function (this: Sqlite.Database, ...args: unknown[]) {
		if (!uncounted.has(this)) said.prepared += 1;
		return prepare.apply(this, args);
	};
	probe.close();
}

/** Handles within a write transaction. */
const sqliteWrites = new Set<Sqlite.Database>();

/** Statement names and texts by connection. */
const seen = new WeakMap<object, Set<string>>();
const readOnly = new WeakSet<object>();
/** Connections within a transaction that was begun by a statement of its own. */
const begun = new WeakSet<object>();
/** Whether a text writes: it is asked of the same few again and again. */
const writing = new Map<string, boolean>();

function countPostgres(): void {
	const prototype = pg.Client.prototype as unknown as Record<string, Method>;
	const query = prototype.query as Method;
	prototype.query = function (this: object, ...args: unknown[]) {
		const [first] = args;
		const text = typeof first === "string" ? first : (first as { text?: string } | undefined)?.text;
		if (!uncounted.has(this) && text !== undefined) notePostgres(this, text);
		return query.apply(this, args);
	};
}

function notePostgres(client: object, text: string): void {
	said.roundTrips += 1;
	const known = seen.get(client) ?? new Set();
	seen.set(client, known);
	if (!known.has(text)) {
		known.add(text);
		said.prepared += 1;
	}
	for (const statement of text.split(";")) {
		const word = statement.trim();
		if (word === "") continue;
		said.statements += 1;
		noteCommits(client, word);
	}
}

/** A statement outside a transaction is one by itself. */
function noteCommits(client: object, statement: string): void {
	if (statement.startsWith("BEGIN")) {
		begun.add(client);
		if (statement.includes("READ ONLY")) readOnly.add(client);
		else readOnly.delete(client);
	} else if (statement === "COMMIT" || statement === "ROLLBACK") {
		begun.delete(client);
		if (statement === "COMMIT" && !readOnly.has(client)) said.commits += 1;
	} else if (!begun.has(client) && writes(statement)) {
		said.commits += 1;
	}
}

function writes(statement: string): boolean {
	const known = writing.get(statement);
	if (known !== undefined) return known;
	const found = /^(WITH|INSERT|UPDATE|DELETE)\b/.test(statement) && /\b(INSERT|UPDATE|DELETE)\b/.test(statement);
	writing.set(statement, found);
	return found;
}
