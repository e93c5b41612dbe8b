import { RequestError } from "../api/fetch-json.ts";

/** What a person pastes into a message to whoever keeps the dashboard running. */
export function requestDetails(error: Error, page: string, at: Date): string {
	const lines = [error.message];
	if (error instanceof RequestError) {
		lines.push(`${error.method} ${error.path}: ${error.status === 0 ? "no answer" : `${error.status} ${error.code}`}`);
		if (error.reference !== null) lines.push(`Reference ${error.reference}`);
	}
	// What Next.js calls the error of a page in the server's log.
	if ("digest" in error && typeof error.digest === "string") lines.push(`Reference ${error.digest}`);
	return [...lines, `On ${page}`, `At ${at.toISOString()}`].join("\n");
}
