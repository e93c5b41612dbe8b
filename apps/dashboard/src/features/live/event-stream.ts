import type { StreamEvents } from "../../server/wire.ts";

export type EventName = keyof StreamEvents;

const NAMES = Object.keys({
	ping: true,
	snapshot: true,
	delta: true,
	refetch: true,
	signedout: true,
	gone: true,
	end: true,
} satisfies Record<EventName, true>) as EventName[];

/** One connection of this tab to the server. `take` gets each event's data as the text that came. */
export function openEventStream(
	path: string,
	take: (name: EventName, text: string) => void,
	/** `refused`: the server answered, and not with a stream. Why, it does not tell. */
	onError: (refused: boolean) => void,
): () => void {
	const source = new EventSource(path);
	source.onerror = () => {
		const refused = source.readyState === EventSource.CLOSED;
		// It would go on by itself, without a pause and from where it was, not from what the page shows.
		source.close();
		onError(refused);
	};
	for (const name of NAMES) source.addEventListener(name, (event: MessageEvent<string>) => take(name, event.data));
	return () => source.close();
}
