import { mkdirSync, rmSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { freePortFrom } from "./free-port.mjs";
import { ensureInstalled, ROOT } from "./install.mjs";
import { Supervised } from "./supervised.mjs";

const USAGE = `npm run gallery -- [--port 4180] [--db file:.waymark/gallery.db] [--no-build] [--read-only] [--access FILE] [scenario …]
  Fills a fresh store with one instance for everything the dashboard can show, and opens the dashboard on it.
  --port   where the dashboard listens on 127.0.0.1; the next free one is taken if it is busy
  --db     a SQLite file, which is made anew, or the address of an empty PostgreSQL database
  --read-only, --access   how the dashboard is opened: see npm start -- --help`;

const options = readOptions();
ensureInstalled();
if (options.build) build();
const port = (await freePortFrom(options.port)) ?? options.port;
const database = freshDatabase(options.db);
const env = { WAYMARK_DB: database, PORT: String(port), WAYMARK_HOST: "127.0.0.1" };

/** @type {{ id: string, shows: string }[]} */
const scenarios = [];
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
		const url = /^Waymark dashboard: (http\S+)/.exec(line)?.[1];
		if (url !== undefined) announce(url);
	},
	onExit: (code) => void stop(code ?? 1),
});
const engine = new Supervised({
	name: "gallery",
	args: ["e2e/gallery/gallery.process.mjs", ...options.scenarios],
	cwd: ROOT,
	env,
	restarts: false,
	onLine: (line) => {
		const [, id, shows] = /^scenario (\S+): (.*)/.exec(line) ?? [];
		if (id !== undefined) scenarios.push({ id, shows: shows ?? "" });
		if (line.startsWith("gallery ready")) dashboard.start();
	},
	onExit: (code) => void stop(code ?? 1),
});

console.log("Filling the store; this takes a while …");
engine.start();
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, () => void stop(0));
process.on("exit", () => {
	engine.kill();
	dashboard.kill();
});

/** @param {string} url */
function announce(url) {
	const width = Math.max(...scenarios.map(({ id }) => id.length));
	const lines = scenarios.map(({ id, shows }) => `  ${url}/instances/${id.padEnd(width)}  ${shows}`);
	console.log(`\n${lines.join("\n")}\n\n  The gallery is at ${url}. Stop with Ctrl-C.\n`);
}

/** @param {number} code */
async function stop(code) {
	await Promise.all([engine.stop(), dashboard.stop()]);
	process.exit(code);
}

/** A SQLite file is made anew, because the past cannot be told twice. @param {string} address */
function freshDatabase(address) {
	if (!address.startsWith("file:")) return address;
	const path = address.slice("file:".length);
	const file = isAbsolute(path) ? path : join(ROOT, path);
	mkdirSync(join(file, ".."), { recursive: true });
	for (const ending of ["", "-wal", "-shm"]) rmSync(`${file}${ending}`, { force: true });
	return `file:${file}`;
}

function readOptions() {
	try {
		const { values, positionals } = parseArgs({
			allowPositionals: true,
			options: {
				port: { type: "string", default: "4180" },
				db: { type: "string", default: "file:.waymark/gallery.db" },
				"no-build": { type: "boolean", default: false },
				"read-only": { type: "boolean", default: false },
				access: { type: "string" },
			},
		});
		const wanted = Number(values.port);
		if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65_535)
			throw new Error(`--port ${values.port} is no port.`);
		return {
			port: wanted,
			db: values.db,
			build: !values["no-build"],
			readOnly: values["read-only"],
			access: values.access,
			scenarios: positionals,
		};
	} catch (error) {
		console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
		return process.exit(1);
	}
}
