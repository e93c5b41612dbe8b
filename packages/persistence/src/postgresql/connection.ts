import { StoreUnusableError } from "@waymark/engine/backend";
import pg from "pg";
import { withWayOut } from "./postgres-errors.ts";

/** Named prepared statements, `SKIP LOCKED` and what else is used have long been there; older ones are not tested. */
const OLDEST_SERVER = 15;

const STATEMENT_TIMEOUT_MS = 30_000;
const INT8 = 20;

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

/** A dead or unreachable server is noticed by timeouts on both sides; the client that met one is thrown away. */
export function clientConfig(url: string): pg.ClientConfig {
	return {
		connectionString: url,
		application_name: "waymark",
		types,
		keepAlive: true,
		connectionTimeoutMillis: 10_000,
		statement_timeout: STATEMENT_TIMEOUT_MS,
		query_timeout: STATEMENT_TIMEOUT_MS + 5_000,
		lock_timeout: 10_000,
		idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
	};
}

/** A client that is ready. Its owner learns of its loss by `end`; `error` events are silent, for queries reject too. */
export async function connect(url: string): Promise<pg.Client> {
	const client = new pg.Client(clientConfig(url));
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
}

/** Connects for the first time: what somebody must mend is said at once. */
export async function connectFirst(url: string, store: string): Promise<pg.Client> {
	let client: pg.Client | null = null;
	try {
		client = await connect(url);
		await checkServer(client, store);
		return client;
	} catch (error) {
		if (client !== null) discard(client);
		throw withWayOut(store, error);
	}
}

async function checkServer(client: pg.Client, store: string): Promise<void> {
	const { rows } = await client.query<{ version: string; read_only: string; encoding: string }>(
		`SELECT current_setting('server_version_num') AS version, current_setting('transaction_read_only') AS read_only,
			current_setting('server_encoding') AS encoding`,
	);
	const [found] = rows;
	const major = Math.floor(Number(found?.version) / 10_000);
	checkVersion(store, major);
	if (found?.read_only === "on") {
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
