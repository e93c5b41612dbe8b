/** What a reader is told about the wrappers around a stored value, outermost first; null without any. */
export function wrapperWords(wrappers: readonly string[]): string | null {
	const words = wrappers.map(wordOf).filter((word) => word !== null);
	return words.length === 0 ? null : words.join(", ");
}

function wordOf(wrapper: string): string | null {
	if (wrapper.startsWith("case:")) return `case ${wrapper.slice(5)}`;
	switch (wrapper) {
		case "again":
			return "goes round again";
		case "done":
			return "loop done";
		case "received":
			return "signal received";
		case "timeout":
			return "no signal in time";
		case "ok":
			return "succeeded";
		case "error":
			return "failed, as data";
		default:
			return null;
	}
}
