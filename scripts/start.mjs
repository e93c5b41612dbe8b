import { mkdirSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { freePortFrom } from "./free-port.mjs";
import { ensureInstalled, ROOT } from "./install.mjs";
import { Supervised } from "./supervised.mjs";

const USAGE = `npm start -- [--port 4173] [--db file:.waymark/demo.db] [--no-demo] [--no-build]
             [--read-only] [--access FILE]
  --port      where the dashboard listens on 127.0.0.1; the next free one is taken if it is busy
  --db        address of the database
  --no-demo   only the dashboard: no worker, no instances are started
  --read-only the dashboard changes nothing, and opens the database so
  --access    file of those who may sign in; npm run access makes it`;

const READY = /^Waymark dashboard: (http\S+)/;

const options = readOptions();
ensureInstalled();
if (options.build) build();

const port = await freePortFrom(options.port);
if (port === null)
	fail(`Ports ${options.port} to ${options.port + 49} are all busy. Choose another: npm start -- --port 5000`);
if (port !== options.port) console.log(`Port ${options.port} is busy; taking ${port}.`);

const database = absoluteDatabase(options.db);
/** Reports and the shop's books lie beside the database, so that deleting one folder begins anew. */
const folder = database.startsWith("file:") ? dirname(database.slice("file:".length)) : join(ROOT, ".waymark");
const env = {
	WAYMARK_DB: database,
	WAYMARK_DEMO_FOLDER: folder,
	PORT: String(port),
	WAYMARK_HOST: "127.0.0.1",
};

const dashboard = new Supervised({
	name: "dashboard",
	args: [
		"dist/main.js",
		...(options.readOnly ? ["--read-only"] : []),
		...(options.access === undefined ? [] : ["--access", resolve(options.access)]),
	],
	cwd: join(ROOT, "apps/dashboard"),
	env,
	restarts: false,
	onLine: (line) => {
		const url = READY.exec(line)?.[1];
		if (url !== undefined) announce(url);
	},
	onExit: (code) => void stop(code ?? 1),
});
const worker = new Supervised({
	name: "worker",
	args: ["examples/dist/demo.js"],
	cwd: ROOT,
	env,
	restarts: true,
});

/** The database is created and migrated by whoever opens it first; both may, unless the dashboard only reads. */
if (options.readOnly) await createDatabase();
dashboard.start();
if (options.demo) worker.start();

async function createDatabase() {
	const { openBackend } = await import("@waymark/persistence");
	try {
		await (await openBackend(database)).close();
	} catch (error) {
		fail(error instanceof Error ? error.message : `${database} cannot be opened.`);
	}
}

let asked = 0;
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
	process.on(signal, () => {
		asked += 1;
		if (asked === 1) void stop(0);
		else {
			worker.kill();
			dashboard.kill();
			process.exit(1);
		}
	});
}
process.on("exit", () => {
	worker.kill();
	dashboard.kill();
});

/** @param {number} code */
async function stop(code) {
	console.log("[start] stopping …");
	await Promise.all([worker.stop(), dashboard.stop()]);
	process.exit(code);
}

/**
 * What is printed stays in terminals and logs.
 * @param {string} address
 */
function withoutPassword(address) {
	return address.replace(/^(\w+:\/\/[^:@/]*):[^@/]*@/, "$1@");
}

/** @param {string} url */
function announce(url) {
	const note = options.demo ? "Instances start every few seconds." : "No worker was started (--no-demo).";
	console.log(`\n  Waymark is at ${url}\n  ${note} Database: ${withoutPassword(database)}. Stop with Ctrl-C.\n`);
}

function readOptions() {
	try {
		const { values } = parseArgs({
			options: {
				port: { type: "string", default: process.env.PORT ?? "4173" },
				db: { type: "string", default: process.env.WAYMARK_DB ?? "file:.waymark/demo.db" },
				"no-demo": { type: "boolean", default: false },
				"no-build": { type: "boolean", default: false },
				"read-only": { type: "boolean", default: false },
				access: { type: "string" },
				help: { type: "boolean", default: false },
			},
		});
		if (values.help) {
			console.log(USAGE);
			process.exit(0);
		}
		const wanted = Number(values.port);
		if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65_535) fail(`--port ${values.port} is no port.\n${USAGE}`);
		return {
			port: wanted,
			db: values.db,
			demo: !values["no-demo"],
			build: !values["no-build"],
			readOnly: values["read-only"],
			access: values.access,
		};
	} catch (error) {
		return fail(`${error instanceof Error ? error.message : error}\n${USAGE}`);
	}
}

/**
 * The two processes have different working folders, so a relative file is made absolute here.
 * @param {string} address
 */
function absoluteDatabase(address) {
	if (!address.startsWith("file:")) return address;
	const path = address.slice("file:".length);
	const absolute = isAbsolute(path) ? path : join(ROOT, path);
	mkdirSync(dirname(absolute), { recursive: true });
	return `file:${absolute}`;
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
	console.error(message);
	process.exit(1);
}
