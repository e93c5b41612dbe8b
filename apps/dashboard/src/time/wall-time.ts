/** What a clock on the wall shows, as `<input type="datetime-local">` has it: `2026-11-24T22:05`. */

export function wallTime(at: number, timeZone: string | undefined): string {
	const parts = new Intl.DateTimeFormat("en-CA", {
		...(timeZone === undefined ? {} : { timeZone }),
		year: "numeric",
		month: "2-digit",
		day: "2-digit",
		hour: "2-digit",
		minute: "2-digit",
		hourCycle: "h23",
	}).formatToParts(at);
	const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((found) => found.type === type)?.value ?? "00";
	return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
}

/** The moment at which that clock shows this; null if it is no time. Of two (when clocks are set back), the one nearer to its guess. */
export function fromWallTime(text: string, timeZone: string | undefined): number | null {
	const wanted = Date.parse(`${text}Z`);
	if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text) || Number.isNaN(wanted)) return null;
	let at = wanted;
	// Once for the offset, once more in case the offset at that moment is another.
	for (let round = 0; round < 2; round += 1) at += wanted - Date.parse(`${wallTime(at, timeZone)}Z`);
	return at;
}
