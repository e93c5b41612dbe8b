/** Which iteration of each loop the reader looks at, by run. Outside of React: graph, outline and inspector share it. */

const NONE: ReadonlyMap<string, number> = new Map();
const chosen = new Map<string, ReadonlyMap<string, number>>();
const listeners = new Set<() => void>();

/** By definition path of the loop. The same object until the choice changes. */
export function iterationChoice(runId: string): ReadonlyMap<string, number> {
	return chosen.get(runId) ?? NONE;
}

/** Null: follow the latest iteration again. */
export function chooseIteration(runId: string, loop: string, iteration: number | null): void {
	const next = new Map(iterationChoice(runId));
	if (iteration === null) next.delete(loop);
	else next.set(loop, iteration);
	chosen.set(runId, next);
	for (const listener of listeners) listener();
}

export function onIterationChoice(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}
