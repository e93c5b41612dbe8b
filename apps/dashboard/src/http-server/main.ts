import type { RequestListener, Server } from "node:http";
import { fileURLToPath } from "node:url";
import { openBackend } from "@waymark/persistence";
import { readAccessFile } from "./access-file.ts";
import { allowedHosts } from "./allowed-hosts.ts";
import { readConfig, type ServerConfig } from "./config.ts";
import { frontListener, type NextHandler } from "./front.ts";
import { type Gate, holdGate } from "./gate.ts";
import { listen } from "./listen.ts";
import { cookieName } from "./session-cookie.ts";
import { announceShutdown, onShutdown } from "./shutdown.ts";
import { SignIn } from "./sign-in.ts";
import { holdStore } from "./store.ts";

/** What is still open this long after a stop was asked for is cut off. */
const SHUTDOWN_MS = 3_000;

/** What we use of Next; its own types name the CommonJS export one level too deep for this module kind. */
type CreateNext = (options: {
	readonly dev: false;
	readonly dir: string;
	readonly hostname: string;
	readonly port: number;
	readonly quiet: boolean;
}) => {
	prepare(): Promise<void>;
	getRequestHandler(): NextHandler;
};

await main();

async function main(): Promise<void> {
	const read = readConfig(process.argv.slice(2), process.env);
	if (read.kind === "refused") return giveUp(read.message);
	const { config } = read;
	const signIn = openSignIn(config.access);
	if (typeof signIn === "string") return giveUp(signIn);
	Object.assign(process.env, { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", WAYMARK_DB: config.database });

	const bound = await listen(config);
	if (bound.kind === "refused") return giveUp(bound.message);
	const { server, port } = bound;
	stopOnSignal(server);
	const refusal = await openStore(config);
	if (refusal !== null) {
		server.close();
		return giveUp(refusal);
	}

	let serve: (front: RequestListener) => void = () => undefined;
	const front = new Promise<RequestListener>((resolve) => {
		serve = resolve;
	});
	// Whoever comes before Next is ready waits for it.
	server.on("request", (request, response) => void front.then((listener) => listener(request, response)));

	// After NODE_ENV is set: Next reads it while it loads.
	const { default: createNext } = (await import("next")) as unknown as { readonly default: CreateNext };
	const dir = fileURLToPath(new URL("..", import.meta.url));
	const app = createNext({ dev: false, dir, hostname: config.host, port, quiet: true });
	await app.prepare();
	const { readOnly, publicNames, hides } = config;
	const gate: Gate = { readOnly, signIn, origins: allowedHosts(port, publicNames), cookie: cookieName(port), hides };
	holdGate(gate);
	serve(frontListener(gate, app.getRequestHandler()));
	say(config, port, signIn);
}

/** Null: there is no sign-in. A string says why the file cannot be used. */
function openSignIn(file: string | null): SignIn | null | string {
	if (file === null) return null;
	const read = readAccessFile(file);
	if (read.kind === "refused") return read.message;
	if (read.entries.length === 0) return `The access file ${file}: nobody is in it. Add somebody: npm run access`;
	const signIn = new SignIn(read.entries);
	onShutdown(signIn.follow(file, (message) => process.stderr.write(`dashboard: ${message}\n`)));
	return signIn;
}

/** Where it is, and who may do what there. */
function say({ host, readOnly, publicNames, hides }: ServerConfig, port: number, signIn: SignIn | null): void {
	const address = `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
	const users = signIn?.users.length ?? 0;
	const who = signIn === null ? "no sign-in" : `sign-in for ${users} ${users === 1 ? "user" : "users"}`;
	process.stdout.write(`Waymark dashboard: ${address}\n`);
	process.stdout.write(`Access: ${who}${readOnly ? ", read-only" : ""}\n`);
	if (hides === null) process.stdout.write("Secrets: shown in clear to whoever may see data\n");
	for (const name of publicNames) {
		process.stdout.write(`Public: https://${name}, by a proxy with TLS that passes requests on to ${address}\n`);
	}
}

/** Answers why it cannot be used; null when it is open. */
async function openStore({ database, readOnly }: ServerConfig): Promise<string | null> {
	try {
		holdStore(await openBackend(database, { readOnly }), readOnly);
		return null;
	} catch (error) {
		return error instanceof Error ? error.message : "The database cannot be opened.";
	}
}

function giveUp(message: string): void {
	process.stderr.write(`${message}\n`);
	process.exitCode = 1;
}

function stopOnSignal(server: Server): void {
	let stopping = false;
	const stop = async () => {
		if (stopping) return;
		stopping = true;
		setTimeout(() => process.exit(0), SHUTDOWN_MS).unref();
		const closed = new Promise((resolve) => server.close(resolve));
		// A connection falls idle when its last answer has gone out, which may be after any single look.
		setInterval(() => server.closeIdleConnections(), 50).unref();
		await announceShutdown();
		await closed;
		process.exit(0);
	};
	process.on("SIGTERM", () => void stop());
	process.on("SIGINT", () => void stop());
}
