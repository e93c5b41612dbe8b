import { isIP } from "node:net";
import { resolve } from "node:path";

/** Where the dashboard listens and which database it shows. */
export interface ServerConfig {
	/** The address to bind: 127.0.0.1 or ::1, or with a sign-in and a public name any other. */
	readonly host: string;
	/** 0 takes any free port. */
	readonly port: number;
	/** Database url; a file in it is absolute. */
	readonly database: string;
	/** Nothing is ever changed, and the database is opened so. */
	readonly readOnly: boolean;
	/** File of those who may sign in, absolute; null: there is no sign-in. */
	readonly access: string | null;
	/** Names under which a proxy with TLS passes requests on to here. */
	readonly publicNames: readonly string[];
	/** Keys whose values are hidden besides those that always are (redaction/secret-names.ts); null: nothing is hidden. */
	readonly hides: readonly string[] | null;
}

export type ConfigResult =
	| { readonly kind: "config"; readonly config: ServerConfig }
	| { readonly kind: "refused"; readonly message: string };

const DEFAULT_PORT = 4173;
const DEFAULT_DATABASE = "file:./waymark.db";

const WITH_VALUE = ["--host", "--port", "--db", "--access", "--allow-host", "--hide"] as const;
/** Shorter ones end too many words. */
const SHORTEST_NAME = 3;
const LONGEST_NAME = 60;
const PUBLIC_NAME = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/;

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads `--host`, `--port`, `--db`, `--access`, `--allow-host`, `--hide`, `--hide-nothing` and `--read-only`, and
 * WAYMARK_HOST, PORT, WAYMARK_DB, WAYMARK_ACCESS, WAYMARK_ALLOW_HOST, WAYMARK_HIDE, WAYMARK_HIDE_NOTHING and
 * WAYMARK_READ_ONLY; arguments win.
 */
export function readConfig(argv: readonly string[], env: Env): ConfigResult {
	const options = readOptions(argv);
	if (typeof options === "string") return refused(options);
	const one = (name: (typeof WITH_VALUE)[number]) => options.values.get(name)?.at(-1);
	const access = one("--access") ?? (env.WAYMARK_ACCESS || null);
	const publicNames = options.values.get("--allow-host") ?? (env.WAYMARK_ALLOW_HOST ?? "").split(",").filter(Boolean);
	const wrong = publicNames.find((name) => !PUBLIC_NAME.test(name));
	if (wrong !== undefined) {
		return refused(`--allow-host "${wrong}" is no name such as waymark.example.com or waymark.example.com:8443.`);
	}
	if (publicNames.length > 0 && access === null) {
		return refused("--allow-host lets others in by that name, so it needs a sign-in: --access FILE.");
	}
	const host = addressOf(one("--host") ?? (env.WAYMARK_HOST || "127.0.0.1"), publicNames.length > 0);
	if (host === null) {
		return refused(
			"Without a sign-in the dashboard listens on this machine only. Use --host 127.0.0.1 (or ::1) and an SSH tunnel to reach it from elsewhere; or a proxy with TLS, and --access FILE --allow-host NAME-OF-THE-PROXY.",
		);
	}
	const port = readPort(one("--port") ?? (env.PORT || String(DEFAULT_PORT)));
	if (port === null) return refused("The port is a number from 0 to 65535; 0 takes any free one.");
	const readOnly = options.readOnly ?? readSwitch(env.WAYMARK_READ_ONLY);
	if (readOnly === null) return refused("WAYMARK_READ_ONLY is 1 or 0. Correct it.");
	const hides = readHides(options, env);
	if (typeof hides === "string") return refused(hides);
	const database = absolute(one("--db") ?? (env.WAYMARK_DB || DEFAULT_DATABASE));
	const file = access === null ? null : resolve(access);
	return { kind: "config", config: { host, port, database, readOnly, access: file, publicNames, hides } };
}

/** A string says what is wrong. */
function readHides({ values, hideNothing }: Options, env: Env): readonly string[] | null | string {
	const nothing = hideNothing ?? readSwitch(env.WAYMARK_HIDE_NOTHING);
	if (nothing === null) return "WAYMARK_HIDE_NOTHING is 1 or 0. Correct it.";
	const added = values.get("--hide") ?? (env.WAYMARK_HIDE ?? "").split(",").filter(Boolean);
	if (nothing && added.length > 0)
		return "What to hide is named, and nothing is to be hidden. Take one of the two away.";
	const wrong = added.find((name) => lettersOf(name) < SHORTEST_NAME || name.length > LONGEST_NAME);
	if (wrong !== undefined) {
		return `--hide "${wrong}" is no name of ${SHORTEST_NAME} to ${LONGEST_NAME} letters and digits, such as iban.`;
	}
	return nothing ? null : added;
}

function lettersOf(name: string): number {
	return name.replace(/[^\p{L}\p{N}]/gu, "").length;
}

interface Options {
	readonly values: ReadonlyMap<string, readonly string[]>;
	/** Null: not said. */
	readonly readOnly: true | null;
	/** Null: not said. */
	readonly hideNothing: true | null;
}

/** A string says what is wrong. */
function readOptions(argv: readonly string[]): Options | string {
	const values = new Map<string, string[]>();
	let readOnly: true | null = null;
	let hideNothing: true | null = null;
	for (let at = 0; at < argv.length; at += 1) {
		const name = argv[at] ?? "";
		if (name === "--read-only") {
			readOnly = true;
			continue;
		}
		if (name === "--hide-nothing") {
			hideNothing = true;
			continue;
		}
		if (!WITH_VALUE.some((known) => known === name)) {
			return `Unknown option "${name}". The dashboard takes ${WITH_VALUE.join(", ")}, --hide-nothing and --read-only.`;
		}
		at += 1;
		const value = argv[at];
		if (value === undefined) return `${name} needs a value.`;
		values.set(name, [...(values.get(name) ?? []), value]);
	}
	return { values, readOnly, hideNothing };
}

function refused(message: string): ConfigResult {
	return { kind: "refused", message };
}

/** Null: not without a sign-in and a proxy's name. */
function addressOf(host: string, isPublic: boolean): string | null {
	if (host === "127.0.0.1" || host === "localhost") return "127.0.0.1";
	if (host === "::1" || host === "[::1]") return "::1";
	return isPublic && isIP(host) !== 0 ? host : null;
}

/** Null: neither yes nor no, and a guess could open what was meant to be closed. */
function readSwitch(text: string | undefined): boolean | null {
	if (text === undefined || text === "" || text === "0" || text === "false") return false;
	return text === "1" || text === "true" ? true : null;
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
