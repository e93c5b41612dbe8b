import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface JsonRequest {
	readonly method: string;
	/** Path without the query, such as `/charges`. */
	readonly path: string;
	/** Parsed JSON body; null without one. */
	readonly body: unknown;
	/** Header `idempotency-key`; null without one. */
	readonly idempotencyKey: string | null;
}

export interface JsonReply {
	readonly status: number;
	readonly body: unknown;
}

export interface LoopbackServer {
	/** Such as `http://127.0.0.1:41234`. */
	readonly url: string;
	close(): Promise<void>;
}

const LARGEST_BODY = 64 * 1024;

/** A JSON server on a free port of this machine only: what an outside service looks like to a task. */
export async function serveJson(answer: (request: JsonRequest) => Promise<JsonReply>): Promise<LoopbackServer> {
	const server = createServer((request, response) => {
		const reply = (status: number, body: unknown) => {
			response.writeHead(status, { "content-type": "application/json", connection: "close" });
			response.end(JSON.stringify(body));
		};
		readRequest(request)
			.then(answer)
			.then(
				({ status, body }) => reply(status, body),
				(error: unknown) => reply(500, { message: String(error) }),
			);
	});
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject);
		server.listen(0, "127.0.0.1", resolve);
	});
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

async function readRequest(request: IncomingMessage): Promise<JsonRequest> {
	let text = "";
	for await (const chunk of request) {
		text += String(chunk);
		if (text.length > LARGEST_BODY) throw new RangeError("the body is too large");
	}
	const key = request.headers["idempotency-key"];
	return {
		method: request.method ?? "GET",
		path: (request.url ?? "/").split("?", 1)[0] ?? "/",
		body: text === "" ? null : JSON.parse(text),
		idempotencyKey: typeof key === "string" ? key : null,
	};
}
