/** Which node is selected and which one the keyboard stands on. A card asks only for itself and renders for that alone. */
export interface FocusStore {
	readonly selected: () => string | null;
	readonly focused: () => string | null;
	select(key: string | null): void;
	focus(key: string | null): void;
	subscribe(listener: () => void): () => void;
}

export function createFocusStore(): FocusStore {
	let selected: string | null = null;
	let focused: string | null = null;
	const listeners = new Set<() => void>();
	const announce = () => {
		for (const listener of listeners) listener();
	};
	return {
		selected: () => selected,
		focused: () => focused,
		select(key) {
			if (selected === key) return;
			selected = key;
			announce();
		},
		focus(key) {
			if (focused === key) return;
			focused = key;
			announce();
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}
