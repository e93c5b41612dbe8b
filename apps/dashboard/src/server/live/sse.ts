import type { StreamEvents } from "../wire.ts";

/** One server-sent event. `id` comes back as Last-Event-ID when the browser reconnects. */
export function sseEvent<Name extends keyof StreamEvents>(
	event: Name,
	data: StreamEvents[Name],
	id: number | null = null,
): string {
	// JSON has no raw line breaks, so one data line is enough.
	return `${id === null ? "" : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** The version to go on from: the browser's own memory first, then the address. Null: none, or nonsense. */
export function sinceVersion(request: Request): number | null {
	for (const text of [request.headers.get("last-event-id"), new URL(request.url).searchParams.get("since")]) {
		if (text !== null && /^\d{1,15}$/.test(text)) return Number(text);
	}
	return null;
}
