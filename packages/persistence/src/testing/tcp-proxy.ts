import { createServer, connect as dial, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";

interface Link {
	readonly client: Socket;
	readonly server: Socket;
}

/** COMMIT's tag in an answer of PostgreSQL: CommandComplete, length 11, "COMMIT\0". */
const COMMITTED = Buffer.from("C\0\0\0\x0bCOMMIT\0", "latin1");
const SELECTED = Buffer.from("SELECT ", "latin1");
/** ReadyForQuery outside a transaction: a statement before it was one by itself. */
const IDLE = Buffer.from("Z\0\0\0\x05I", "latin1");

function tellsOfCommit(answer: Buffer): boolean {
	return answer.includes(COMMITTED) || (answer.includes(SELECTED) && answer.subarray(-IDLE.length).equals(IDLE));
}

/**
 * A network between a client and PostgreSQL that a test can make fail:
 * - `cut`: every connection is reset, as by a firewall or a dying host;
 * - `swallow`: connections stay open and nothing passes any more, until `heal`; what was swallowed is lost;
 * - `dropCommitAnswers`: the server commits, the answer is lost, and the connection with it.
 */
export class TcpProxy {
	readonly #links = new Set<Link>();
	#swallowing = false;
	#commitsToDrop = 0;
	#oneIn = 1;
	#commits = 0;
	/** Commits that went through without their answer. */
	dropped = 0;

	private constructor(
		readonly server: Server,
		readonly url: string,
		readonly target: { readonly host: string; readonly port: number },
	) {}

	static async before(url: string): Promise<TcpProxy> {
		const address = new URL(url);
		const target = { host: address.hostname, port: Number(address.port) };
		const server = createServer();
		await new Promise<void>((resolve, reject) => {
			server.once("error", reject);
			server.listen(0, "127.0.0.1", resolve);
		});
		const bound = server.address();
		if (bound === null || typeof bound === "string") throw new Error("The proxy has no port.");
		address.port = String(bound.port);
		const proxy = new TcpProxy(server, address.href, target);
		server.on("connection", (client) => proxy.#link(client));
		onTestFinished(() => proxy.#close());
		return proxy;
	}

	get connections(): number {
		return this.#links.size;
	}

	cut(): void {
		for (const link of this.#links) this.#end(link);
	}

	swallow(): void {
		this.#swallowing = true;
	}

	/** New connections work again. Those whose bytes were swallowed hear nothing any more, and are not told. */
	heal(): void {
		this.#swallowing = false;
		this.#commitsToDrop = 0;
	}

	/** The next ones, or one of so many. */
	dropCommitAnswers(count: number, oneIn = 1): void {
		this.#commitsToDrop = count;
		this.#oneIn = oneIn;
	}

	#isToDrop(answer: Buffer): boolean {
		if (this.#commitsToDrop === 0 || !tellsOfCommit(answer)) return false;
		this.#commits += 1;
		return this.#commits % this.#oneIn === 0;
	}

	#link(client: Socket): void {
		const link = { client, server: dial(this.target) };
		this.#links.add(link);
		let lost = false;
		const pass = (from: Socket, to: Socket) =>
			from.on("data", (bytes: Buffer) => {
				lost ||= this.#swallowing;
				if (lost) return;
				if (from === link.server && this.#isToDrop(bytes)) {
					this.#commitsToDrop -= 1;
					this.dropped += 1;
					this.#end(link);
				} else to.write(bytes);
			});
		pass(client, link.server);
		pass(link.server, client);
		for (const socket of [client, link.server]) {
			socket.on("error", () => {});
			socket.on("close", () => {
				// A network that swallows everything says nothing of an end either.
				if (!lost || socket === client) this.#end(link);
			});
		}
	}

	#end(link: Link): void {
		link.client.destroy();
		link.server.destroy();
		this.#links.delete(link);
	}

	async #close(): Promise<void> {
		this.cut();
		await new Promise((resolve) => this.server.close(resolve));
	}
}
