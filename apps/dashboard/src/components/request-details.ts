import { RequestError } from "../api/fetch-json.ts";

/** What a person pastes into a message to whoever keeps the dashboard running. */
export function requestDetails(error: Error, page: string, at: Date): string {
	const lines = [error.message];
	if (error instanceof RequestError) {
		lines.push(`${error.method} ${error.path}: ${error.status === 0 ? "no answer" : `${error.status} ${error.code}`}`);
		if (error.reference !== null) lines.push(`Reference ${error.reference}`);
	}
	return [...lines, `On ${page}`, `At ${at.toISOString()}`].join("\n");
}
