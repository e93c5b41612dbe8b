/** What is wrong with a JSON text, in words; null: nothing. */
export function jsonProblem(text: string): string | null {
	try {
		JSON.parse(text);
		return null;
	} catch (error) {
		return error instanceof SyntaxError ? `Not JSON: ${error.message}` : "Not JSON.";
	}
}
