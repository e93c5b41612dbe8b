#!/usr/bin/env node
// Development only. Stands where Prisma's CLI expects its downloaded schema engine: the same JSON-RPC over stdio,
// answered by the WebAssembly build of that engine (an npm package) through Prisma's own driver adapters.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { createInterface } from "node:readline";
import { engineAdapters } from "./schema-engine-adapters.mjs";

const require = createRequire(import.meta.url);
const argv = process.argv.slice(2);

function values(option) {
	return argv.flatMap((argument, i) => (argument === option ? [argv[i + 1]] : []));
}

if (argv.includes("--version") || argv.includes("-V")) {
	console.log(`schema-engine-cli ${require("@prisma/engines-version").enginesVersion} (WebAssembly)`);
	process.exit(0);
}

const { url = "" } = JSON.parse(values("--datasource")[0] ?? "{}");
const datamodels = values("--datamodels").map((file) => [file, readFileSync(file, "utf8")]);
const provider = /datasource[\s\S]*?provider\s*=\s*"(\w+)"/.exec(datamodels.map(([, text]) => text).join("\n"))?.[1];
const adapters = engineAdapters(provider, url);

if (argv.includes("cli")) {
	await runCliVerb(argv[argv.indexOf("cli") + 1]);
} else {
	await serve();
}

/** can-connect-to-database, create-database, drop-database. */
async function runCliVerb(verb) {
	try {
		if (verb === "can-connect-to-database") {
			const connection = await adapters.factory.connect();
			await connection.queryRaw({ sql: "SELECT 1", args: [], argTypes: [] });
			await connection.dispose();
		}
		process.exit(0);
	} catch (error) {
		const message = String(error?.cause?.originalMessage ?? error.message);
		const fields = { error_code: "P1001", message };
		process.stderr.write(`${JSON.stringify({ timestamp: new Date().toISOString(), level: "ERROR", fields })}\n`);
		process.exit(1);
	}
}

async function loadEngine(bound) {
	const glue = await import("@prisma/schema-engine-wasm/schema_engine_bg");
	const home = path.dirname(require.resolve("@prisma/schema-engine-wasm"));
	const bytes = readFileSync(path.join(home, "schema_engine_bg.wasm"));
	const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": glue });
	glue.__wbg_set_wasm(instance.exports);
	instance.exports.__wbindgen_start();
	globalThis.PRISMA_WASM_PANIC_REGISTRY = {
		set_message(message) {
			this.message = message;
		},
	};
	const options = { datamodels: datamodels.length > 0 ? datamodels : undefined };
	return glue.SchemaEngine.new(options, () => {}, bound);
}

async function serve() {
	const { bindMigrationAwareSqlAdapterFactory } = await import("@prisma/driver-adapter-utils");
	const bound = bindMigrationAwareSqlAdapterFactory(adapters.factory);
	const engine = await loadEngine(bound);
	let open = 0;
	let ended = false;
	const lines = createInterface({ input: process.stdin });
	lines.on("line", async (line) => {
		const request = JSON.parse(line);
		if (request.method === undefined) return;
		open++;
		process.stdout.write(`${JSON.stringify(await answer(engine, bound, request))}\n`);
		open--;
		if (ended && open === 0) process.exit(0);
	});
	lines.on("close", () => {
		ended = true;
		if (open === 0) process.exit(0);
	});
}

async function answer(engine, bound, { id, method, params }) {
	try {
		if (method === "reset") await adapters.reset();
		const call = method === "getDatabaseVersion" ? "version" : method;
		const result = await adapters.during(method, () => engine[call](params ?? {}));
		return { jsonrpc: "2.0", id, result: printed(id, method, result) ?? null };
	} catch (error) {
		const message = withCause(bound, String(error.message));
		const data = { is_panic: false, message, error_code: error.code, meta: error.meta };
		return { jsonrpc: "2.0", id, error: { code: 4466, message, data } };
	}
}

/** The CLI expects the text of a diff as a notification of its own, not in the result. */
function printed(id, method, result) {
	if (method !== "diff" || result?.stdout == null) return result;
	const params = { content: result.stdout };
	process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", id: 9000 + id, method: "print", params })}\n`);
	return { ...result, stdout: null };
}

/** The engine names an adapter's error only by its number in the registry. */
function withCause(bound, message) {
	const match = /External error id#(\d+)/.exec(message);
	if (match === null) return message;
	const cause = bound.errorRegistry.consumeError(Number(match[1]))?.error;
	return cause === undefined ? message : message.replace(match[0], String(cause.stack ?? cause));
}
