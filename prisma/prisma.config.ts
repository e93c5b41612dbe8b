import { tmpdir } from "node:os";
import path from "node:path";
import { defineConfig } from "prisma/config";

/**
 * One set of models, one folder per database: `prisma/<provider>/` holds its datasource, generator and migrations.
 * `npm run prisma -- <provider> …` names the provider; the database file or server comes from DATABASE_URL and is
 * needed by `migrate` and `db` only.
 */
const provider = process.env.WAYMARK_PROVIDER ?? "sqlite";
const folder = path.join(import.meta.dirname, provider);

const url = process.env.DATABASE_URL ?? `file:${path.join(tmpdir(), `waymark-${provider}-dev.db`)}`;

export default defineConfig({
	schema: folder,
	migrations: { path: path.join(folder, "migrations") },
	datasource: { url },
});
