/**
 * Which card is selected, which one the keyboard stands on, which one the mouse is over, and the path that is shown
 * alone. A card asks only for itself and renders for that alone. All keys are those of cards.
 */
export interface FocusStore {
	readonly selected: () => string | null;
	readonly focused: () => string | null;
	readonly hovered: () => string | null;
	/** What the camera keeps in view by itself. */
	readonly followed: () => string | null;
	/** Null: everything is shown alike. */
	readonly path: () => ReadonlySet<string> | null;
	select(key: string | null): void;
	focus(key: string | null): void;
	hover(key: string | null): void;
	follow(key: string | null): void;
	showPath(path: ReadonlySet<string> | null): void;
	subscribe(listener: () => void): () => void;
}

export function createFocusStore(): FocusStore {
	let selected: string | null = null;
	let focused: string | null = null;
	let hovered: string | null = null;
	let followed: string | null = null;
	let path: ReadonlySet<string> | null = null;
	const listeners = new Set<() => void>();
	const announce = () => {
		for (const listener of listeners) listener();
	};
	return {
		selected: () => selected,
		focused: () => focused,
		hovered: () => hovered,
		followed: () => followed,
		path: () => path,
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
		hover(key) {
			if (hovered === key) return;
			hovered = key;
			announce();
		},
		follow(key) {
			if (followed === key) return;
			followed = key;
			announce();
		},
		showPath(next) {
			if (path === next) return;
			path = next;
			announce();
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}
