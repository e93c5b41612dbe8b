import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { openBackend } from "../open-backend.ts";
import { findBinaries, reachable, type ServerUser, serverUser } from "./postgres-binaries.ts";

const TEMPLATE = "waymark_template";
const LONGEST_START_MS = 30_000;

/** What hangs on an instance by a foreign key goes with it. */
const EMPTY = ["open_node", "checkpoint", "instance", "definition", "worker"]
	.map((table) => `DELETE FROM ${table}`)
	.join("; ");

/** A real server with databases of one user: a test file, or a benchmark. Nothing of it is left after remove(). */
export class PostgresHost {
	#databases = 0;
	#child: ChildProcess | null = null;
	#template: Promise<void> | null = null;
	readonly #names = `waymark_test_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
	readonly #made: string[] = [];
	readonly #free: string[] = [];

	private constructor(
		/** Of the maintenance database. */
		readonly url: string,
		/** Null: a server that was there before us. */
		readonly own: { readonly home: string; readonly folder: string; readonly user: ServerUser } | null,
		readonly settings: readonly string[],
	) {}

	/** The server of TEST_PG_URL, else one of our own. */
	static async start(durability: "durable" | "fast"): Promise<PostgresHost> {
		const given = process.env.TEST_PG_URL;
		return given === undefined ? PostgresHost.startOwn(durability) : new PostgresHost(given, null, []);
	}

	/**
	 * For tests that stop and start it, whatever TEST_PG_URL says. `fast` never waits for the disk. `binaries`: the folder
	 * of a server of another version.
	 */
	static async startOwn(durability: "durable" | "fast", binaries?: string): Promise<PostgresHost> {
		const user = serverUser();
		const folder = mkdtempSync(path.join(tmpdir(), "waymark-pg-"));
		chmodSync(folder, 0o755);
		const home = binaries === undefined ? findBinaries(user, folder) : reachable(binaries, user, folder);
		const data = path.join(folder, "data");
		mkdirSync(data, { mode: 0o700 });
		if (user.uid !== undefined && user.gid !== undefined) chownSync(data, user.uid, user.gid);
		const args = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
		execFileSync(path.join(home, "bin/initdb"), args, { ...user, ...quiet(folder) });
		const url = `postgresql://postgres@127.0.0.1:${await freePort()}/postgres`;
		const settings = durability === "durable" ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];
		const server = new PostgresHost(url, { home, folder, user }, settings);
		try {
			await server.boot();
			return server;
		} catch (error) {
			await server.remove();
			throw error;
		}
	}

	/** The path for a database's address on this server. */
	address(database: string): string {
		const url = new URL(this.url);
		url.pathname = `/${database}`;
		return url.href;
	}

	/** A new database with the schema in it. */
	async createDatabase(): Promise<string> {
		this.#template ??= this.#makeTemplate();
		await this.#template;
		return this.#create(`TEMPLATE ${this.#names}_${TEMPLATE}`);
	}

	/** A new database with nothing in it. */
	createEmptyDatabase(): Promise<string> {
		return this.#create("");
	}

	/** A database of this server with the schema and no rows; `free` gives it back, to be emptied and used again. */
	async borrowDatabase(): Promise<{ readonly url: string; readonly free: () => Promise<void> }> {
		const url = this.#free.pop() ?? (await this.createDatabase());
		const free = async () => {
			await this.sql(EMPTY, url);
			this.#free.push(url);
		};
		return { url, free };
	}

	/** Runs one statement in the maintenance database, or in the one at that address. */
	async sql<Row extends pg.QueryResultRow>(text: string, url = this.url): Promise<Row[]> {
		return this.session(async (client) => (await client.query<Row>(text)).rows, url);
	}

	/** A session of its own, which may be lost. */
	async session<T>(work: (client: pg.Client) => Promise<T>, url = this.url): Promise<T> {
		const client = new pg.Client(url);
		client.on("error", () => {});
		await client.connect();
		try {
			return await work(client);
		} finally {
			await client.end().catch(() => {});
		}
	}

	/** Starts our own server, after its folder was made or after `crash`. */
	async boot(): Promise<void> {
		if (this.own === null) throw new Error("The server of TEST_PG_URL is not ours to start.");
		const { home, folder, user } = this.own;
		const settings = [
			"listen_addresses=127.0.0.1",
			"unix_socket_directories=",
			"max_connections=100",
			...this.settings,
		];
		const args = ["-D", path.join(folder, "data"), "-p", new URL(this.url).port, ...settings.flatMap((s) => ["-c", s])];
		const child = spawn(path.join(home, "bin/postgres"), args, { ...user, ...quiet(folder) });
		this.#child = child;
		// Where every test of a file is skipped, nobody comes to remove it.
		process.once("exit", () => child.kill("SIGQUIT"));
		const since = performance.now();
		for (;;) {
			try {
				await this.sql("SELECT 1");
				return;
			} catch (error) {
				const over = this.#child.exitCode !== null || performance.now() - since > LONGEST_START_MS;
				if (over) throw new Error(`PostgreSQL from ${home} did not start.`, { cause: error });
			}
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	}

	/** All others are trusted. */
	demandPasswordOf(role: string): Promise<void> {
		return this.#addRule(`host all ${role} 127.0.0.1/32 scram-sha-256`);
	}

	demandEncryptionOf(role: string): Promise<void> {
		return this.#addRule(`hostnossl all ${role} 127.0.0.1/32 reject`);
	}

	async #addRule(rule: string): Promise<void> {
		if (this.own === null) throw new Error("The server of TEST_PG_URL is not ours to configure.");
		const file = path.join(this.own.folder, "data/pg_hba.conf");
		writeFileSync(file, `${rule}\n${readFileSync(file, "utf8")}`);
		await this.sql("SELECT pg_reload_conf()");
		await new Promise((resolve) => setTimeout(resolve, 200));
	}

	/** SIGQUIT is `-m immediate`: no checkpoint, every connection cut. */
	async stop(signal: "SIGQUIT" | "SIGINT"): Promise<void> {
		const child = this.#child;
		if (child === null || child.exitCode !== null) return;
		const gone = new Promise((resolve) => child.once("exit", resolve));
		child.kill(signal);
		await gone;
		this.#child = null;
	}

	async #makeTemplate(): Promise<void> {
		const name = `${this.#names}_${TEMPLATE}`;
		await this.sql(`CREATE DATABASE ${name}`);
		this.#made.push(name);
		await (await openBackend(this.address(name))).close();
	}

	async #create(options: string): Promise<string> {
		this.#databases += 1;
		const name = `${this.#names}_${this.#databases}`;
		await this.sql(`CREATE DATABASE ${name} ${options}`);
		this.#made.push(name);
		return this.address(name);
	}

	async remove(): Promise<void> {
		if (this.own === null) {
			for (const name of this.#made) await this.sql(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
			return;
		}
		await this.stop("SIGINT");
		rmSync(this.own.folder, { recursive: true, force: true });
	}
}

function quiet(folder: string) {
	// The server's user may have no way into our working directory.
	return { cwd: folder, stdio: "ignore" as const, env: { ...process.env, LC_ALL: "C", TZ: "UTC" } };
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.on("error", reject);
		probe.listen(0, "127.0.0.1", () => {
			const address = probe.address();
			probe.close(() => {
				if (address === null || typeof address === "string") reject(new Error("No free port."));
				else resolve(address.port);
			});
		});
	});
}
