import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { ServerConfig } from "./config.ts";

export type ListenResult =
	| { readonly kind: "listening"; readonly server: Server; readonly port: number }
	| { readonly kind: "refused"; readonly message: string };

/** Binds with limits against slow and oversized requests. Nothing is answered until a request listener is added. */
export function listen({ host, port }: ServerConfig): Promise<ListenResult> {
	const server = createServer({
		maxHeaderSize: 16 * 1024,
		headersTimeout: 10_000,
		requestTimeout: 30_000,
		connectionsCheckingInterval: 2_000,
		keepAliveTimeout: 5_000,
		requireHostHeader: false,
	});
	server.maxConnections = 600;
	server.maxRequestsPerSocket = 1_000;
	return new Promise((resolve) => {
		server.once("error", (error: NodeJS.ErrnoException) =>
			resolve({ kind: "refused", message: whyNot(error, host, port) }),
		);
		server.listen({ host, port }, () =>
			resolve({ kind: "listening", server, port: (server.address() as AddressInfo).port }),
		);
	});
}

function whyNot(error: NodeJS.ErrnoException, host: string, port: number): string {
	switch (error.code) {
		case "EADDRINUSE":
			return `Port ${port} on ${host} is taken, perhaps by another dashboard. Stop that one, or choose another: --port 0 takes any free port.`;
		case "EACCES":
			return `Port ${port} needs more rights than this user has. Choose one above 1023, or --port 0.`;
		case "EADDRNOTAVAIL":
			return `This machine has no address ${host}. Use --host 127.0.0.1.`;
		default:
			return `Could not listen on ${host}:${port}: ${error.message}. Choose another --host or --port.`;
	}
}
