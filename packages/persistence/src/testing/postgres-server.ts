import { afterAll } from "vitest";
import { PostgresHost } from "./postgres-host.ts";

function removedLater(server: PostgresHost): PostgresHost {
	afterAll(() => server.remove(), 60_000);
	return server;
}

/** A real server with databases for one test file. Gone when the file is over. */
export const PostgresServer = {
	/** The server of TEST_PG_URL, else one of our own. */
	async start(durability: "durable" | "fast"): Promise<PostgresHost> {
		return removedLater(await PostgresHost.start(durability));
	},

	/** For tests that stop and start it, whatever TEST_PG_URL says. `fast` never waits for the disk. */
	async startOwn(durability: "durable" | "fast", binaries?: string): Promise<PostgresHost> {
		return removedLater(await PostgresHost.startOwn(durability, binaries));
	},
};
