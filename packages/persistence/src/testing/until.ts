const LOOK_EVERY_MS = 20;

/** Waits until the look answers something, at most `withinMs`. For conditions in other processes. */
export async function until<T>(
	look: () => T | undefined | false | Promise<T | undefined | false>,
	lacking: () => string,
	withinMs = 30_000,
	everyMs = LOOK_EVERY_MS,
): Promise<T> {
	const since = performance.now();
	for (;;) {
		const found = await look();
		if (found !== undefined && found !== false) return found;
		if (performance.now() - since > withinMs) throw new Error(`After ${withinMs} ms: ${lacking()}`);
		await new Promise((resolve) => setTimeout(resolve, everyMs));
	}
}
