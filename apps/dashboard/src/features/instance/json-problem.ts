import { inexactNumber, inexactWords } from "../../json/inexact-number.ts";

/** What is wrong with a JSON text, in words; null: nothing. */
export function jsonProblem(text: string): string | null {
	try {
		JSON.parse(text);
		const inexact = inexactNumber(text);
		return inexact === null ? null : inexactWords(inexact);
	} catch (error) {
		if (!(error instanceof SyntaxError)) return "Not JSON.";
		return `Not JSON: ${error.message.replace(REPEATED, "")}`;
	}
}

/** V8 repeats the text, and once more that it is not JSON. */
const REPEATED = /, (?:\.\.\.)?".*"(?:\.\.\.)? is not valid JSON$/s;
