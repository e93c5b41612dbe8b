import {
	type Clock,
	type Ids,
	InMemoryBackend,
	InvalidArgumentError,
	StoreUnusableError,
	systemClock,
	systemIds,
} from "@waymark/engine";
import type { PersistentBackend } from "@waymark/engine/backend";
import { PrismaBackend } from "./prisma-backend.ts";
import type { Durability } from "./sqlite/connection.ts";
import { parseStoreUrl } from "./store-url.ts";

export interface OpenOptions {
	/**
	 * For SQLite; on PostgreSQL the server's `synchronous_commit` decides.
	 * `full` (the default): what is acknowledged survives power loss. `normal`: it survives the death of the process, but
	 * the last moments may be lost with the power; faster when little happens at a time.
	 */
	readonly durability?: Durability;
	/**
	 * The database is opened for reading alone: SQLite's file `readonly`, a server's connections with
	 * `default_transaction_read_only`. It must exist with the schema of this version, others may go on writing to it, and
	 * every command is refused.
	 */
	readonly readOnly?: boolean;
	/** For tests. By default an embedded database goes by the system's clock, a server by its own. */
	readonly clock?: Clock;
	readonly ids?: Ids;
}

/**
 * Opens the backend at that address and brings its schema up to date. `file:./waymark.db` is SQLite, created if missing;
 * `postgresql://user:password@host:5432/database` is a server, whose database must exist; `memory:` keeps nothing.
 *
 * @throws StoreUnusableError saying what to do, if the address or what lies there cannot be used.
 */
export async function openBackend(url: string, options: OpenOptions = {}): Promise<PersistentBackend> {
	const { durability = "full", readOnly = false, clock, ids = systemIds } = options;
	if (durability !== "full" && durability !== "normal") {
		throw new InvalidArgumentError("durability", `The durability must be "full" or "normal". Choose one of them.`);
	}
	const at = parseStoreUrl(url);
	switch (at.kind) {
		case "memory":
			if (readOnly) throw new StoreUnusableError("memory", "it begins empty: there is nothing to read. Name another.");
			return new InMemoryBackend({ clock: clock ?? systemClock });
		// Only the driver that is asked for is loaded: the other one would be a third of the time to start.
		case "sqlite": {
			const { openSqliteStore } = await import("./sqlite/open-store.ts");
			const { store, release } = await openSqliteStore(at.file, {
				durability,
				readOnly,
				clock: clock ?? systemClock,
				ids,
			});
			return new PrismaBackend(store, release, readOnly);
		}
		case "postgresql": {
			const { openPostgresStore } = await import("./postgresql/open-store.ts");
			const { store, release } = await openPostgresStore(at.url, { clock: clock ?? null, ids, readOnly });
			return new PrismaBackend(store, release, readOnly);
		}
	}
}
