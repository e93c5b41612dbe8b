import { createServer, connect as dial, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/**
 * What a pooler in transaction mode looks like to clients that take turns: all of them are served by one session of the
 * server, whose greeting each of them is given.
 */
export class SharingPooler {
	#session: Socket | null = null;
	#greeting = Buffer.alloc(0);
	#asking: Socket | null = null;

	private constructor(
		readonly server: Server,
		readonly url: string,
		readonly target: { readonly host: string; readonly port: number },
	) {}

	static async before(url: string): Promise<SharingPooler> {
		const address = new URL(url);
		const target = { host: address.hostname, port: Number(address.port) };
		const server = createServer();
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		const bound = server.address();
		if (bound === null || typeof bound === "string") throw new Error("The pooler has no port.");
		address.port = String(bound.port);
		const pooler = new SharingPooler(server, address.href, target);
		server.on("connection", (client) => pooler.#serve(client));
		onTestFinished(() => pooler.#close());
		return pooler;
	}

	#serve(client: Socket): void {
		let greeted = false;
		client.on("error", () => {});
		client.on("data", (bytes: Buffer) => {
			this.#asking = client;
			if (greeted) {
				// Terminate ends the client's connection, not the shared session.
				if (bytes[0] !== 0x58) this.#session?.write(bytes);
			} else {
				greeted = true;
				if (this.#session === null) this.#open(bytes);
				else client.write(this.#greeting);
			}
		});
	}

	/** The first client's startup opens the session; what the server says to it is kept for the others. */
	#open(startup: Buffer): void {
		let greeting = true;
		this.#session = dial(this.target);
		this.#session.on("error", () => {});
		this.#session.on("data", (bytes: Buffer) => {
			if (greeting) this.#greeting = Buffer.concat([this.#greeting, bytes]);
			// ReadyForQuery ends it.
			if (bytes.at(-6) === 0x5a) greeting = false;
			this.#asking?.write(bytes);
		});
		this.#session.write(startup);
	}

	async #close(): Promise<void> {
		this.#session?.destroy();
		this.#asking?.destroy();
		await new Promise((resolve) => this.server.close(resolve));
	}
}
