import type { Committer } from "./committer.ts";
import type { DeathWatch } from "./guards.ts";
import type { Hints } from "./hints.ts";
import type { LazyReadClient } from "./read-client.ts";
import type { Database } from "./sql.ts";
import type { ValueReads } from "./value-reads.ts";

/** One open database and what stands on it. All backends of one process on one database share it. */
export interface Store {
	readonly database: Database;
	readonly committer: Committer;
	readonly values: ValueReads;
	readonly hints: Hints;
	readonly prisma: LazyReadClient;
	readonly deaths: DeathWatch;
}
