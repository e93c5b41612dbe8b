import { createServer } from "node:net";

const HOST = "127.0.0.1";
const TRIES = 50;

/**
 * Whether nobody listens on that port of loopback.
 * @param {number} port
 * @returns {Promise<boolean>}
 */
export function isFree(port) {
	return new Promise((resolve) => {
		const server = createServer();
		server.once("error", () => resolve(false));
		server.listen(port, HOST, () => server.close(() => resolve(true)));
	});
}

/**
 * The first free port from `wanted` on; null if the next 50 are all taken.
 * @param {number} wanted
 */
export async function freePortFrom(wanted) {
	for (let port = wanted; port < Math.min(wanted + TRIES, 65_536); port += 1) {
		if (await isFree(port)) return port;
	}
	return null;
}
