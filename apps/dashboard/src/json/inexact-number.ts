/**
 * The first number of a JSON text that JavaScript would change without a word: a whole number with more digits than it
 * holds (9007199254740993 becomes …992), or one too large to be a number at all. Null: all are kept as they are written.
 */
export function inexactNumber(json: string): string | null {
	for (let at = 0; at < json.length; at += 1) {
		const char = json.charAt(at);
		if (char === '"') at = endOfString(json, at);
		else if (char === "-" || isDigit(char)) {
			const end = endOfNumber(json, at);
			const literal = json.slice(at, end);
			if (!isExact(literal)) return literal;
			at = end - 1;
		}
	}
	return null;
}

/** Whether a number is read as what is written. Fractions are as near as numbers get: nobody expects more of them. */
export function isExact(literal: string): boolean {
	const value = Number(literal);
	if (!Number.isFinite(value)) return false;
	if (Number.isSafeInteger(value) || !/^-?\d+$/.test(literal)) return true;
	return String(value) === literal || BigInt(value) === BigInt(literal);
}

/** What to do instead. */
export function inexactWords(literal: string): string {
	const shown = literal.length > 40 ? `${literal.slice(0, 40)}…` : literal;
	return `${shown} has more digits than a number can hold and would be changed. Give it as a text, "${shown}".`;
}

function endOfString(json: string, start: number): number {
	let at = start + 1;
	while (at < json.length && json.charAt(at) !== '"') at += json.charAt(at) === "\\" ? 2 : 1;
	return at;
}

function endOfNumber(json: string, start: number): number {
	let at = start + 1;
	while (at < json.length && (isDigit(json.charAt(at)) || ".eE+-".includes(json.charAt(at)))) at += 1;
	return at;
}

function isDigit(char: string): boolean {
	return char >= "0" && char <= "9";
}
