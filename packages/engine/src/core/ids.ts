/** Identifiers, injected, so that tests and simulations can seed them. */
export interface Ids {
	/** A new unique id whose text order follows time, of `[0-9a-z-]` only. */
	next(): string;
}
