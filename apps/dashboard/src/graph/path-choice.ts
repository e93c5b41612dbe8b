/** To which node the way is shown alone, by run. Outside of React: graph and inspector share it. */

const chosen = new Map<string, string>();
const listeners = new Set<() => void>();

/** Key of the card; null: the whole plan is shown alike. */
export function pathTarget(run: string): string | null {
	return chosen.get(run) ?? null;
}

/** The same target again ends it. Answers whether a path is shown now. */
export function togglePath(run: string, key: string | null): boolean {
	const isShown = key !== null && chosen.get(run) !== key;
	if (isShown) chosen.set(run, key);
	else chosen.delete(run);
	for (const listener of listeners) listener();
	return isShown;
}

export function onPathTarget(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}
