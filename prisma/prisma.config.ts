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

const local = {
	sqlite: `file:${path.join(tmpdir(), "waymark-sqlite-dev.db")}`,
	postgresql: "postgresql://postgres@127.0.0.1:5432/waymark_dev",
}[provider];
const url = process.env.DATABASE_URL ?? local ?? "";

export default defineConfig({
	schema: folder,
	migrations: { path: path.join(folder, "migrations") },
	datasource: { url },
});
