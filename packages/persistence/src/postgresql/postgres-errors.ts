import { InvalidArgumentError, StoreUnusableError } from "@waymark/engine/backend";

/**
 * What to do about an error of the server or the connection.
 * - `away`: the connection is lost or the server cannot serve now; again on a new connection, for a while.
 * - `contended`: another process was in the way; again at once, a few times.
 * - `final`: again would fail again.
 */
export type Fault = "away" | "contended" | "final";

/** SQLSTATE of the server, or the code of a failed system call; null for other errors. */
export function pgCode(error: unknown): string | null {
	const code = fieldOf(prismaCause(error) ?? error, "originalCode", "code");
	return typeof code === "string" ? code : null;
}

/** Kinds in which Prisma's adapter for pg hides what the system call said. */
const SOCKET_CODES: Readonly<Record<string, string>> = {
	DatabaseNotReachable: "ECONNREFUSED",
	ConnectionClosed: "ECONNRESET",
	SocketTimeout: "ETIMEDOUT",
};

/** What the driver said to Prisma, if the error is one of Prisma's. */
function prismaCause(error: unknown): unknown {
	const adapterError = fieldOf(fieldOf(error, "meta"), "driverAdapterError");
	const cause = fieldOf(adapterError, "cause");
	if (cause === undefined) return undefined;
	const kind = fieldOf(cause, "kind");
	return typeof kind === "string" && kind in SOCKET_CODES ? { code: SOCKET_CODES[kind] } : cause;
}

function fieldOf(value: unknown, ...names: readonly string[]): unknown {
	if (typeof value !== "object" || value === null) return undefined;
	const name = names.find((candidate) => candidate in value);
	return name === undefined ? undefined : (value as Record<string, unknown>)[name];
}

/** Admin shutdown, crash, starting up, too many connections, read-only after a failover, timeout inside a transaction. */
const AWAY_CODES = /^(08...|57P0[1235]|53...|25006|25P03|26000)$/;
const AWAY_CALLS = /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|EAI_AGAIN)/;
/** The driver gives these no code. */
const AWAY_MESSAGES =
	/Connection terminated|Query read timeout|timeout exceeded|timeout expired|not queryable|was closed/;
/** Serialization failure, deadlock, lock not available, statement timeout. */
const CONTENDED = new Set(["40001", "40P01", "55P03", "57014"]);
/** Ids that two processes may give at one moment; the second finds the first's row when it looks again. */
const RACED = /^(instance|definition|control_request|signal|worker)_/;

export function faultOf(error: unknown): Fault {
	const code = pgCode(error);
	if (code !== null && CONTENDED.has(code)) return "contended";
	if (code === "23505" && RACED.test(constraintOf(error))) return "contended";
	if (code !== null && (AWAY_CODES.test(code) || AWAY_CALLS.test(code))) return "away";
	if (code === "0A000" && error instanceof Error && error.message.includes("cached plan")) return "away";
	return error instanceof Error && code === null && AWAY_MESSAGES.test(error.message) ? "away" : "final";
}

function constraintOf(error: unknown): string {
	return error instanceof Error && "constraint" in error ? String(error.constraint) : "";
}

/** Of poolers that hand out sessions by transaction. */
export const SHARED_SESSIONS =
	"a pooler stands before it that shares sessions between transactions. Name the server itself, or a pool with pool_mode=session.";

/** Faults that somebody must mend, as the error that says how; other errors as they are. */
export function withWayOut(store: string, error: unknown): unknown {
	if (StoreUnusableError.is(error)) return error;
	const because = becauseOf(pgCode(error), error instanceof Error ? error.message : "");
	return because === null ? error : new StoreUnusableError(store, because, { cause: error });
}

/** A command that does not fit what is stored, as the refusal of its caller's argument; other errors as they are. */
export function asRefusal(error: unknown): unknown {
	// Integrity violations, and data that no column takes (numbers out of range, NUL characters).
	if (!(error instanceof Error) || !/^(23|22)...$/.test(pgCode(error) ?? "")) return error;
	const message = `The command does not fit what is stored (${error.message}). Read the instance again.`;
	return new InvalidArgumentError("command", message);
}

function becauseOf(code: string | null, message: string): string | null {
	if (code === "28000" && message.includes("no encryption")) {
		return "the server takes only encrypted connections here, or knows no such user and host. Add ?sslmode=verify-full to the address, or look at its pg_hba.conf.";
	}
	if (message.includes("does not support SSL")) {
		return "the server speaks no TLS. Remove sslmode from the address, or turn ssl on in the server.";
	}
	if (code === "28P01" || code === "28000" || message.startsWith("SASL")) {
		return "the server refuses the user or the password. Correct them in the address, or PGPASSWORD.";
	}
	// PgBouncer, which passes no settings on unless told to.
	if (message.includes("unsupported startup parameter")) {
		return `a pooler stands before it (${message}). Name the server itself, or a pool with pool_mode=session and ignore_startup_parameters.`;
	}
	if (code === "3D000") return "there is no such database. Create it (CREATE DATABASE), or name another.";
	if (code === "55P03") return "another session holds a lock on its tables. Find it in pg_stat_activity, and end it.";
	if (code === "3F000") return "there is no schema to create tables in. Create it, or set the role's search_path.";
	if (code === "42501") {
		return "the role has no right to create or use the tables. GRANT CREATE, USAGE ON SCHEMA public, or use its owner.";
	}
	if (code === "42P07") return "it has other tables of the same names. Give Waymark a database of its own.";
	if (code === "42P01") return "its tables are gone. Restore a backup, or create the database anew.";
	if (code === "25006") return "it is read-only. Name the primary server, and see default_transaction_read_only.";
	if (code?.startsWith("53") === true) {
		return `the server has no room left (${message}). Free disk space, or raise max_connections.`;
	}
	if (code === "ENOTFOUND") return "the host name is unknown. Correct the address.";
	if (code !== null && AWAY_CALLS.test(code))
		return "the server cannot be reached. Start it, or correct host and port.";
	if (code !== null && AWAY_CODES.test(code)) return `the server does not serve now (${message}). Look at its log.`;
	if (code === null && AWAY_MESSAGES.test(message))
		return "the server does not answer. Look at the server and its log.";
	return null;
}
