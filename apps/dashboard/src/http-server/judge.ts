import { isSameOrigin, type OriginHeaders } from "./same-origin.ts";

/** What the front looks at before anything else sees the request. */
export interface Envelope extends Omit<OriginHeaders, "own"> {
	/** Every Host header that was sent. */
	readonly hosts: readonly string[];
	readonly method: string;
	readonly url: string;
	readonly contentType: string | null;
	readonly contentEncoding: string | null;
	readonly contentLength: string | null;
}

export type Refusal = {
	readonly kind: "refuse";
	readonly status: 400 | 403 | 405 | 413 | 415 | 421;
	readonly code:
		| "BadRequest"
		| "Forbidden"
		| "MethodNotAllowed"
		| "PayloadTooLarge"
		| "UnsupportedMediaType"
		| "MisdirectedRequest";
	readonly message: string;
};

/** Room for a payload of 1 MiB and the JSON around it. */
export const MAX_BODY_BYTES = 1024 * 1024 + 16 * 1024;

/** Decides whether a request may pass. Pure: the whole matrix is a unit test. */
export function judge(request: Envelope, hosts: ReadonlyMap<string, string>): { readonly kind: "pass" } | Refusal {
	const [host] = request.hosts;
	const own = host === undefined || request.hosts.length !== 1 ? undefined : hosts.get(host);
	if (own === undefined) {
		const known = [...hosts.keys()].join(", ");
		return refuse(421, "MisdirectedRequest", `This server answers only to ${known}. Use one of these.`);
	}
	if (!request.url.startsWith("/")) return refuse(400, "BadRequest", "The request target must be a path.");
	const { method } = request;
	if (method === "GET" || method === "HEAD") return { kind: "pass" };
	if (method !== "POST") return refuse(405, "MethodNotAllowed", "Only GET and POST are answered here.");
	if (!request.url.startsWith("/api/")) return refuse(405, "MethodNotAllowed", "Pages are fetched with GET.");
	if (!isSameOrigin({ ...request, own })) {
		return refuse(403, "Forbidden", "Changes are accepted from the dashboard's own pages only. Open it and try there.");
	}
	if (request.contentEncoding !== null && request.contentEncoding !== "identity") {
		return refuse(415, "UnsupportedMediaType", "Compressed bodies are not read. Send plain JSON.");
	}
	if (!isJson(request.contentType)) {
		return refuse(415, "UnsupportedMediaType", "Send the body as Content-Type: application/json.");
	}
	if (request.contentLength !== null && Number(request.contentLength) > MAX_BODY_BYTES) {
		return refuse(413, "PayloadTooLarge", "The body is over 1 MiB. Store it elsewhere and send a reference.");
	}
	return { kind: "pass" };
}

export function isJson(contentType: string | null): boolean {
	return contentType !== null && /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(contentType);
}

function refuse(status: Refusal["status"], code: Refusal["code"], message: string): Refusal {
	return { kind: "refuse", status, code, message };
}
