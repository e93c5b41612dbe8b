import { ApiError, toApiError } from "./api-error.ts";
import { withoutSecrets } from "./hiding.ts";

interface RouteContext {
	readonly params: Promise<{ readonly id: string }>;
}

type Answer = Response | object;

/** A route that answers with JSON, and with a typed error whatever goes wrong. */
export function route(work: (request: Request) => Promise<Answer>): (request: Request) => Promise<Response> {
	return async (request) => answer(() => work(request));
}

/** The same for routes below `/api/instances/[id]`. */
export function instanceRoute(
	work: (request: Request, instanceId: string) => Promise<Answer>,
): (request: Request, context: RouteContext) => Promise<Response> {
	return async (request, { params }) => {
		const { id } = await params;
		return answer(() => work(request, decodeSegment(id)));
	};
}

/** Instance ids hold no `%`, so decoding a segment that is decoded already changes nothing. */
export function decodeSegment(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment;
	}
}

/** The method that this address does not have: `export const GET = only("POST")`. */
export function only(method: "GET" | "POST"): () => Response {
	return () => {
		const response = refusal(new ApiError("MethodNotAllowed", `This address takes ${method} only. Use that.`));
		response.headers.set("allow", method === "GET" ? "GET, HEAD" : "POST");
		return response;
	};
}

async function answer(work: () => Promise<Answer>): Promise<Response> {
	try {
		const result = await work();
		return result instanceof Response ? result : Response.json(withoutSecrets(result));
	} catch (error) {
		return refusal(toApiError(error));
	}
}

/** Seconds. */
const RETRY_AFTER: Readonly<Record<number, string>> = { 429: "60", 503: "2" };

function refusal(error: ApiError): Response {
	const after = RETRY_AFTER[error.status];
	const headers: Record<string, string> = after === undefined ? {} : { "retry-after": after };
	return Response.json(withoutSecrets(error.body()), { status: error.status, headers });
}
