/** What several pages ask for at once is read once: an answer that is younger than `ms` is given again. */
export function remembered<T>(ms: number, read: () => Promise<T>): () => Promise<T> {
	let at = 0;
	let answer: Promise<T> | null = null;
	return () => {
		const now = performance.now();
		if (answer !== null && now - at < ms) return answer;
		at = now;
		const asked = read();
		answer = asked;
		asked.catch(() => {
			if (answer === asked) answer = null;
		});
		return asked;
	};
}
