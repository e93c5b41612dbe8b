import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openBackend } from "@waymark/persistence";
import { findBinaries, serverUser } from "../../packages/persistence/src/testing/postgres-binaries.ts";

const LONGEST_START_MS = 30_000;

/** A PostgreSQL of its own for one stand: a fresh folder, a free port of loopback, gone when the stand is closed. */
export class PostgresServer {
	private constructor(
		readonly url: string,
		readonly folder: string,
		readonly child: ChildProcess,
	) {}

	static async start(): Promise<PostgresServer> {
		const user = serverUser();
		const folder = mkdtempSync(join(tmpdir(), "waymark-e2e-pg-"));
		chmodSync(folder, 0o755);
		const home = findBinaries(user, folder);
		const data = join(folder, "data");
		mkdirSync(data, { mode: 0o700 });
		if (user.uid !== undefined && user.gid !== undefined) chownSync(data, user.uid, user.gid);
		// The server's user may have no way into our working directory.
		const quiet = { ...user, cwd: folder, stdio: "ignore" as const, env: { ...process.env, LC_ALL: "C", TZ: "UTC" } };
		const init = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
		execFileSync(join(home, "bin/initdb"), init, quiet);
		const port = await freePort();
		const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off"];
		const args = ["-D", data, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])];
		const child = spawn(join(home, "bin/postgres"), args, quiet);
		const server = new PostgresServer(`postgresql://postgres@127.0.0.1:${port}/postgres`, folder, child);
		await server.#answers();
		return server;
	}

	/** Makes the schema as well: opening a store does. */
	async #answers(): Promise<void> {
		const since = performance.now();
		for (;;) {
			try {
				await (await openBackend(this.url)).close();
				return;
			} catch (error) {
				if (this.child.exitCode === null && performance.now() - since < LONGEST_START_MS) {
					await sleep(100);
					continue;
				}
				await this.stop();
				throw new Error("PostgreSQL did not start.", { cause: error });
			}
		}
	}

	async stop(): Promise<void> {
		if (this.child.exitCode === null) {
			const gone = new Promise((resolve) => this.child.once("exit", resolve));
			this.child.kill("SIGINT");
			await gone;
		}
		rmSync(this.folder, { recursive: true, force: true });
	}
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
