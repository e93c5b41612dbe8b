// How the WebAssembly schema engine reaches each database: Prisma's stock adapters (development only), with what they
// get wrong under migrations put right. Another provider is another function here.
import { createRequire } from "node:module";
import path from "node:path";

const requireFromPersistence = createRequire(path.resolve(import.meta.dirname, "../packages/persistence/package.json"));

/** What schema-engine.mjs needs: the factory, `reset`, and a wrapper around every engine call. */
export function engineAdapters(provider, url) {
	// Some of the CLI's calls bring no models, and with them no provider.
	switch (provider ?? (url.startsWith("postgres") ? "postgresql" : "sqlite")) {
		case "sqlite":
			return sqliteAdapters(url);
		case "postgresql":
			return postgresqlAdapters(url);
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
	// The engine quotes the name of a partial index as if it were a column, which better-sqlite3 is built to refuse.
	const quoted = (sql) => sql.replace(/^(SELECT sql FROM sqlite_master .* name = )"(\w+)"/, "$1'$2'");
	// Looking for a history that is not there yet is no error: show an empty one.
	adapter.queryRaw = async (request) => {
		try {
			return await query({ ...request, sql: quoted(request.sql) });
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

function postgresqlAdapters(url) {
	const { PrismaPg } = requireFromPersistence("@prisma/adapter-pg");
	const factory = new PrismaPg({ connectionString: url, max: 1 });
	const connect = factory.connect.bind(factory);
	factory.connect = async () => described(await connect());
	// The adapter's own shadow database is the real one when it was given an address, so one of another name is made.
	factory.connectToShadowDb = async () => {
		const main = await factory.connect();
		const name = `waymark_shadow_${process.pid}_${Date.now()}`;
		await main.executeScript(`CREATE DATABASE "${name}"`);
		const address = new URL(url);
		address.pathname = `/${name}`;
		const shadow = described(await new PrismaPg({ connectionString: address.href, max: 1 }).connect());
		const dispose = shadow.dispose.bind(shadow);
		shadow.dispose = async () => {
			await dispose();
			await main.executeScript(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
			await main.dispose();
		};
		return shadow;
	};
	return {
		factory,
		async reset() {
			const connection = await factory.connect();
			await connection.executeScript("DROP SCHEMA public CASCADE; CREATE SCHEMA public;");
			await connection.dispose();
		},
		during: (_method, call) => call(),
	};
}

/** Types of the catalogue that the adapter does not know: "char" and "char"[], read as text. */
const CATALOGUE_TYPES = new Map([
	[18, 25],
	[1002, 1009],
]);

function described(adapter) {
	const { ColumnTypeEnum } = requireFromPersistence("@prisma/driver-adapter-utils");
	const perform = adapter.performIO.bind(adapter);
	const query = adapter.queryRaw.bind(adapter);
	let characters = [];
	adapter.performIO = async (request) => {
		const result = await perform(request);
		characters = result.fields.map(({ dataTypeID }) => dataTypeID === 18);
		for (const field of result.fields) {
			field.dataTypeID = CATALOGUE_TYPES.get(field.dataTypeID) ?? field.dataTypeID;
		}
		return result;
	};
	adapter.queryRaw = async (request) => {
		const result = await query(request);
		for (const [i, isCharacter] of characters.entries()) {
			if (isCharacter) result.columnTypes[i] = ColumnTypeEnum.Character;
		}
		return result;
	};
	// The adapter splits scripts at semicolons; the server takes them whole.
	adapter.executeScript = async (script) => {
		await adapter.underlyingDriver().query(script);
	};
	return adapter;
}
