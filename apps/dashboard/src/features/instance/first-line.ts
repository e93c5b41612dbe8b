/** An error's message may be a page long; its first line is what tells it apart. */
export function firstLine(message: string): string {
	const end = message.indexOf("\n");
	return end < 0 ? message : message.slice(0, end);
}
