/** The engine did what the model, or an invariant, does not allow. */
export class Contradiction extends Error {
	constructor(
		/** Such as `I9`: see docs/reliability.md. */
		readonly invariant: string,
		message: string,
	) {
		super(`${invariant}: ${message}`);
	}
}

export function insist(condition: boolean, invariant: string, message: () => string): asserts condition {
	if (!condition) throw new Contradiction(invariant, message());
}
