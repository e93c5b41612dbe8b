import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { StoreUnusableError } from "@waymark/engine/backend";

/** One committed migration, as Prisma's CLI made it. */
export interface Migration {
	readonly name: string;
	readonly sql: string;
	/** SHA-256 (hex) of the file's bytes: what Prisma records. */
	readonly checksum: string;
}

/** Sorted by name, which begins with the time of making. */
export function readMigrations(folder: string): Migration[] {
	return readdirSync(folder, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map((entry) => entry.name)
		.sort()
		.map((name) => {
			const bytes = readFileSync(path.join(folder, name, "migration.sql"));
			return { name, sql: bytes.toString("utf8"), checksum: createHash("sha256").update(bytes).digest("hex") };
		});
}

/** Beside the built code (the build copies them there), else in the repository that the sources are run from. */
export function migrationsFolder(provider: "sqlite" | "postgresql"): string {
	const built = path.join(import.meta.dirname, "migrations", provider);
	if (existsSync(built)) return built;
	return path.join(import.meta.dirname, "../../../prisma", provider, "migrations");
}

/** What Prisma records of a migration. */
export interface HistoryRow {
	readonly migration_name: string;
	readonly checksum: string;
	readonly finished_at: unknown;
	readonly rolled_back_at: unknown;
}

/** To who reads alone. */
export function notMigrated(store: string, { name }: Migration): StoreUnusableError {
	const because = `it lacks the migration ${name}, and is opened for reading alone. Start a worker of this version on it first.`;
	return new StoreUnusableError(store, because);
}

/** What is still to be applied. Refuses a history that is not the beginning of ours. */
export function pendingMigrations(
	store: string,
	history: readonly HistoryRow[],
	migrations: readonly Migration[],
): Migration[] {
	const applied = new Map<string, string>();
	for (const row of history) {
		if (row.rolled_back_at !== null) continue;
		if (row.finished_at === null) {
			throw new StoreUnusableError(
				store,
				`its migration ${row.migration_name} began and did not end. Resolve it with "prisma migrate resolve".`,
			);
		}
		applied.set(row.migration_name, row.checksum);
	}
	for (const { name, checksum } of migrations) {
		const before = applied.get(name);
		if (before !== undefined && before !== checksum) {
			throw new StoreUnusableError(
				store,
				`its migration ${name} was edited after it had been applied. Restore the migration as it was.`,
			);
		}
		applied.delete(name);
	}
	const [newer] = applied.keys();
	if (newer !== undefined) {
		throw new StoreUnusableError(
			store,
			`a newer version of Waymark has written it (migration ${newer}). Use that version, or another database.`,
		);
	}
	const known = new Set(history.filter((row) => row.rolled_back_at === null).map((row) => row.migration_name));
	return migrations.filter(({ name }) => !known.has(name));
}
