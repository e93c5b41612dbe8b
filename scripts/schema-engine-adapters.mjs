// How the WebAssembly schema engine reaches each database: Prisma's stock adapters (development only), with what they
// get wrong under migrations put right. Another provider is another function here.
import { createRequire } from "node:module";
import path from "node:path";

const requireFromPersistence = createRequire(path.resolve(import.meta.dirname, "../packages/persistence/package.json"));

/** What schema-engine.mjs needs: the factory, `reset`, and a wrapper around every engine call. */
export function engineAdapters(provider, url) {
	switch (provider ?? "sqlite") {
		case "sqlite":
			return sqliteAdapters(url);
		default:
			throw new Error(`No schema engine adapter for "${provider}". Add one to scripts/schema-engine-adapters.mjs.`);
	}
}

function sqliteAdapters(url) {
	const { PrismaBetterSqlite3 } = requireFromPersistence("@prisma/adapter-better-sqlite3");
	const factory = new PrismaBetterSqlite3({ url: url || ":memory:" });
	const state = { diagnosing: false, tableMissing: false };
	for (const method of ["connect", "connectToShadowDb"]) {
		const connect = factory[method].bind(factory);
		factory[method] = async () => repaired(await connect(), state);
	}
	return {
		factory,
		/** The engine's own reset deletes the file's contents through a call the adapter does not know. */
		async reset() {
			const connection = await factory.connect();
			const sql = `SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND type IN ('table', 'view')`;
			const { rows } = await connection.queryRaw({ sql, args: [], argTypes: [] });
			const drops = rows.map(([type, name]) => `DROP ${type} "${name}";`).join("");
			await connection.executeScript(`PRAGMA foreign_keys=OFF;${drops}`);
			await connection.dispose();
		},
		async during(method, call) {
			state.diagnosing = method === "devDiagnostic" || method === "diagnoseMigrationHistory";
			state.tableMissing = false;
			const result = await call();
			if (state.tableMissing && result && "hasMigrationsTable" in result) result.hasMigrationsTable = false;
			return result;
		},
	};
}

function repaired(adapter, state) {
	const query = adapter.queryRaw.bind(adapter);
	const execute = adapter.executeRaw.bind(adapter);
	// The engine sends whole scripts through executeRaw, which better-sqlite3 takes one statement at a time.
	adapter.executeRaw = async (request) => {
		if (request.args.length > 0) return execute(request);
		await adapter.executeScript(request.sql);
		return 0;
	};
	// Looking for a history that is not there yet is no error: show an empty one.
	adapter.queryRaw = async (request) => {
		try {
			return await query(request);
		} catch (error) {
			const cause = error.cause;
			const missing = cause?.kind === "TableDoesNotExist" && cause.table?.endsWith("_prisma_migrations");
			if (!state.diagnosing || !missing) throw error;
			state.tableMissing = true;
			return { columnNames: [], columnTypes: [], rows: [] };
		}
	};
	return adapter;
}
