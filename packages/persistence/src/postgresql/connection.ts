import { StoreUnusableError } from "@waymark/engine/backend";
import pg from "pg";
import { SHARED_SESSIONS } from "./postgres-errors.ts";

/** Named prepared statements, `SKIP LOCKED` and what else is used have long been there; older ones are not tested. */
const OLDEST_SERVER = 15;

const INT8 = 20;

/** How long a connection waits before it is given up. */
interface Patience {
	readonly statementMs: number;
	readonly lockMs: number;
	/** Statements that do not wait for each other are sent at once, in their order: one round trip for all of them. */
	readonly pipelined?: boolean;
}

/**
 * Where leases hang on the answer. A network that swallows everything is noticed by silence alone, so silence must be
 * shorter than a lease; what is cut off here is done again, and finds what it had written.
 */
export const PROMPT: Patience = { statementMs: 4_000, lockMs: 3_000 };
/** The same for what writes. */
export const WRITING: Patience = { ...PROMPT, pipelined: true };
/** Where a person waits: lists and counts over everything there is. */
export const LEISURELY: Patience = { statementMs: 30_000, lockMs: 3_000 };
/** Another process's migration is waited for, however long it takes. */
export const ENDLESS: Patience = { statementMs: 0, lockMs: 120_000 };
/** For the server's own time-out to come first. */
const ANSWER_MARGIN_MS = 1_000;

/** Times and counts fit a number; set for these connections only, for the process may use the driver otherwise. */
const types: pg.CustomTypesConfig = {
	getTypeParser: (oid, format) => (oid === INT8 ? Number : pg.types.getTypeParser(oid, format)),
};

/** For people and messages: never the password, nor parameters that may hold one. */
export function storeName(url: string): string {
	try {
		const { username, hostname, port, pathname } = new URL(url);
		const user = username === "" ? "" : `${username}@`;
		return `postgresql://${user}${hostname}${port === "" ? "" : `:${port}`}${pathname}`;
	} catch {
		throw new StoreUnusableError(
			"postgresql://…",
			"it is not a complete address. Write postgresql://user:password@host:5432/database.",
		);
	}
}

/** The same address, whose every transaction begins as one that only reads: for whatever connects by it. */
export function readOnlyAddress(url: string): string {
	const address = new URL(url);
	const options = [address.searchParams.get("options"), "-c default_transaction_read_only=on"];
	address.searchParams.set("options", options.filter(Boolean).join(" "));
	return address.href;
}

/** A dead or unreachable server is noticed by timeouts on both sides; the client that met one is thrown away. */
export function clientConfig(url: string, { statementMs, lockMs, pipelined = false }: Patience): pg.ClientConfig {
	return {
		connectionString: url,
		application_name: "waymark",
		types,
		pipeline: pipelined,
		keepAlive: true,
		keepAliveInitialDelayMillis: 10_000,
		connectionTimeoutMillis: 5_000,
		statement_timeout: statementMs,
		lock_timeout: lockMs,
		// Of a process that stands still in the middle of a transaction: its locks are not waited for longer.
		idle_in_transaction_session_timeout: statementMs,
		...(statementMs > 0 && { query_timeout: statementMs + ANSWER_MARGIN_MS }),
	};
}

/** A client that is ready. Its owner learns of its loss by `end`; `error` events are silent, for queries reject too. */
export async function connect(url: string, patience: Patience): Promise<pg.Client> {
	const client = new pg.Client(clientConfig(url, patience));
	client.on("error", () => {});
	try {
		await client.connect();
		return client;
	} catch (error) {
		discard(client);
		throw error;
	}
}

/** Ends a client whose state is unknown, without waiting for a server that may never answer. */
export function discard(client: pg.Client): void {
	client.end().catch(() => {});
	client.connection.stream.destroy();
}

/**
 * A second connection while the first is open. Where both are served by one session of the server, a pooler hands
 * sessions out by transaction: settings, prepared statements and LISTEN would land in those of others.
 */
export async function connectBeside(first: pg.Client, url: string, store: string): Promise<pg.Client> {
	const before = await sessionOf(first);
	const client = await connect(url, WRITING);
	if ((await sessionOf(client)) !== before) return client;
	discard(client);
	throw new StoreUnusableError(store, SHARED_SESSIONS);
}

async function sessionOf(client: pg.Client): Promise<unknown> {
	const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
	return rows[0]?.pid;
}

/** @throws StoreUnusableError where this server or database does not do. */
export async function checkServer(client: pg.Client, store: string, readOnly: boolean): Promise<void> {
	const { rows } = await client.query<{ version: string; read_only: string; encoding: string }>(
		`SELECT current_setting('server_version_num') AS version, current_setting('transaction_read_only') AS read_only,
			current_setting('server_encoding') AS encoding`,
	);
	const [found] = rows;
	const major = Math.floor(Number(found?.version) / 10_000);
	checkVersion(store, major);
	if (found?.read_only === "on" && !readOnly) {
		const because = "it is read-only. Name the primary server, and see default_transaction_read_only.";
		throw new StoreUnusableError(store, because);
	}
	if (found?.encoding !== "UTF8") {
		const because = `its encoding is ${found?.encoding}. Create the database with ENCODING 'UTF8'.`;
		throw new StoreUnusableError(store, because);
	}
}

export function checkVersion(store: string, major: number): void {
	if (major >= OLDEST_SERVER) return;
	const because = `its server is PostgreSQL ${major}; ${OLDEST_SERVER} or newer is needed. Upgrade the server.`;
	throw new StoreUnusableError(store, because);
}
