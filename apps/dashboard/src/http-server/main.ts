import type { RequestListener, Server } from "node:http";
import { fileURLToPath } from "node:url";
import { openBackend } from "@waymark/persistence";
import { readConfig } from "./config.ts";
import { frontListener, type NextHandler } from "./front.ts";
import { listen } from "./listen.ts";
import { announceShutdown } from "./shutdown.ts";
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
	Object.assign(process.env, { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", WAYMARK_DB: config.database });

	const bound = await listen(config);
	if (bound.kind === "refused") return giveUp(bound.message);
	const { server, port } = bound;
	stopOnSignal(server);
	const refusal = await openStore(config.database);
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
	serve(frontListener(port, app.getRequestHandler()));
	const name = config.host === "::1" ? "[::1]" : config.host;
	process.stdout.write(`Waymark dashboard: http://${name}:${port}\n`);
}

/** Answers why it cannot be used; null when it is open. */
async function openStore(database: string): Promise<string | null> {
	try {
		holdStore(await openBackend(database));
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
