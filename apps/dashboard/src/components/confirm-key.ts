/** The parts of a keydown event that say whether it confirms, React's or the browser's. */
interface Press {
	readonly key: string;
	readonly ctrlKey: boolean;
	readonly metaKey: boolean;
	readonly altKey: boolean;
	readonly repeat: boolean;
	readonly defaultPrevented: boolean;
	preventDefault(): void;
}

/**
 * Ctrl+Enter and ⌘Enter confirm what is asked, wherever in it the focus is. The default is prevented, because the browser
 * would press the button that has the focus: the safe one. A key that is held down confirms once, and not what opens next.
 */
export function confirmsWith(confirm: () => void): (press: Press) => void {
	return (press) => {
		if (press.key !== "Enter" || !(press.ctrlKey || press.metaKey) || press.altKey || press.defaultPrevented) return;
		press.preventDefault();
		if (!press.repeat) confirm();
	};
}
