import { resolve } from "node:path";

/** Where the dashboard listens and which database it shows. */
export interface ServerConfig {
	/** A loopback address to bind: 127.0.0.1 or ::1. */
	readonly host: "127.0.0.1" | "::1";
	/** 0 takes any free port. */
	readonly port: number;
	/** Database url; a file in it is absolute. */
	readonly database: string;
}

export type ConfigResult =
	| { readonly kind: "config"; readonly config: ServerConfig }
	| { readonly kind: "refused"; readonly message: string };

const DEFAULT_PORT = 4173;
const DEFAULT_DATABASE = "file:./waymark.db";

/** Reads `--host`, `--port`, `--db` and WAYMARK_HOST, PORT, WAYMARK_DB; arguments win. */
export function readConfig(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): ConfigResult {
	const options = new Map<string, string>();
	for (let at = 0; at < argv.length; at += 2) {
		const name = argv[at];
		const value = argv[at + 1];
		if (name !== "--host" && name !== "--port" && name !== "--db") {
			return refused(`Unknown option "${name}". The dashboard takes --host, --port and --db.`);
		}
		if (value === undefined) return refused(`${name} needs a value.`);
		options.set(name, value);
	}
	const host = loopback(options.get("--host") ?? (env.WAYMARK_HOST || "127.0.0.1"));
	if (host === null) {
		return refused(
			"The dashboard has no sign-in yet, so it listens on this machine only. Use --host 127.0.0.1 (or ::1), and an SSH tunnel to reach it from elsewhere.",
		);
	}
	const port = readPort(options.get("--port") ?? (env.PORT || String(DEFAULT_PORT)));
	if (port === null) return refused("The port is a number from 0 to 65535; 0 takes any free one.");
	const database = absolute(options.get("--db") ?? (env.WAYMARK_DB || DEFAULT_DATABASE));
	return { kind: "config", config: { host, port, database } };
}

function refused(message: string): ConfigResult {
	return { kind: "refused", message };
}

function loopback(host: string): ServerConfig["host"] | null {
	if (host === "127.0.0.1" || host === "localhost") return "127.0.0.1";
	return host === "::1" || host === "[::1]" ? "::1" : null;
}

function readPort(text: string): number | null {
	if (!/^\d{1,5}$/.test(text)) return null;
	const port = Number(text);
	return port <= 65_535 ? port : null;
}

/** Next may change what relative paths mean, so a file is made absolute before it starts. */
function absolute(database: string): string {
	return database.startsWith("file:") && !database.startsWith("file:/")
		? `file:${resolve(database.slice("file:".length))}`
		: database;
}
