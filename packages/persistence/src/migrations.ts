import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

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
export function migrationsFolder(provider: "sqlite"): string {
	const built = path.join(import.meta.dirname, "migrations", provider);
	if (existsSync(built)) return built;
	return path.join(import.meta.dirname, "../../../prisma", provider, "migrations");
}
