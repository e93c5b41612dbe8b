/** The next row whose name begins with what was typed, from `at` on and round; null if there is none. */
export function typeAhead(names: readonly string[], typed: string, at: number): number | null {
	const wanted = typed.toLowerCase();
	if (wanted === "") return null;
	// One letter again and again walks on; a longer text may still match where the reader stands.
	const from = wanted.length === 1 ? at + 1 : at;
	for (let step = 0; step < names.length; step++) {
		const index = (from + step) % names.length;
		if (names[index]?.toLowerCase().startsWith(wanted)) return index;
	}
	return null;
}
