import type { NodeView } from "@waymark/engine/graph";

/**
 * What is to be said of each card, outside of React: a card subscribes to its own key and renders for that alone. The
 * views of nodes, or the summaries of cards that stand for several.
 */
export interface NodeStore<View = NodeView> {
	get(key: string): View | undefined;
	/** Called after `get(key)` began to answer another object. Answers the function that ends it. */
	subscribe(key: string, listener: () => void): () => void;
	/** Called once after every update that changed anything. */
	subscribeAll(listener: () => void): () => void;
	/** Changes whenever any view does: what `subscribeAll` has for `useSyncExternalStore`. */
	views(): ReadonlyMap<string, View>;
	/** Takes the newest views; those whose content is unchanged keep their object. */
	update(next: ReadonlyMap<string, View>): void;
}

export function createNodeStore<View = NodeView>(initial: ReadonlyMap<string, View>): NodeStore<View> {
	let current = initial;
	const byKey = new Map<string, Set<() => void>>();
	const forAll = new Set<() => void>();
	return {
		get: (key) => current.get(key),
		views: () => current,
		subscribe(key, listener) {
			const listeners = byKey.get(key) ?? new Set();
			byKey.set(key, listeners.add(listener));
			return () => {
				listeners.delete(listener);
				if (listeners.size === 0 && byKey.get(key) === listeners) byKey.delete(key);
			};
		},
		subscribeAll(listener) {
			forAll.add(listener);
			return () => forAll.delete(listener);
		},
		update(next) {
			const merged = keepUnchanged(current, next);
			if (merged === current) return;
			const before = current;
			current = merged;
			for (const [key, listeners] of byKey) {
				if (before.get(key) !== merged.get(key)) for (const listener of listeners) listener();
			}
			for (const listener of forAll) listener();
		},
	};
}

/** `next` with the objects of `current` wherever their content is the same; `current` itself if nothing changed. */
function keepUnchanged<View>(
	current: ReadonlyMap<string, View>,
	next: ReadonlyMap<string, View>,
): ReadonlyMap<string, View> {
	if (current === next) return current;
	let changed = current.size !== next.size;
	const merged = new Map<string, View>();
	for (const [key, view] of next) {
		const before = current.get(key);
		const same = before !== undefined && sameContent(before, view);
		if (!same) changed = true;
		merged.set(key, same ? before : view);
	}
	return changed ? merged : current;
}

function sameContent(a: unknown, b: unknown): boolean {
	if (Object.is(a, b)) return true;
	if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
	const left = Object.entries(a);
	const right = b as Readonly<Record<string, unknown>>;
	return left.length === Object.keys(b).length && left.every(([field, value]) => sameContent(value, right[field]));
}
