/** The zone in which times are written unless a caller says otherwise. Undefined: that of the machine. */
let zone: string | undefined;

export function readerZone(): string | undefined {
	return zone;
}

export function setReaderZone(timeZone: string | undefined): void {
	zone = timeZone;
}
