/** Every shortcut of the dashboard, as the sheet lists them. Two letters with a space are pressed one after the other. */
export interface Shortcut {
	readonly keys: string;
	readonly does: string;
	/** Keys of widgets (canvas, rows) are handled by the widget itself; they stand here to be read. */
	readonly group: "Everywhere" | "Instance" | "Graph, outline and timeline";
}

export const SHORTCUTS = [
	{ keys: "mod+k", does: "Search, jump, act", group: "Everywhere" },
	{ keys: "?", does: "This sheet", group: "Everywhere" },
	{ keys: "g i", does: "Go to instances", group: "Everywhere" },
	{ keys: "g w", does: "Go to workflows", group: "Everywhere" },
	{ keys: "g o", does: "Go to the overview", group: "Everywhere" },
	{ keys: "[", does: "Words in the navigation", group: "Everywhere" },
	{ keys: "j k", does: "Next and previous row of the list", group: "Everywhere" },
	{ keys: "x", does: "Select the row", group: "Everywhere" },
	{ keys: "Escape", does: "Close, or deselect", group: "Everywhere" },
	{ keys: "1 … 6", does: "Views of the instance, in order", group: "Instance" },
	{ keys: "f", does: "Next failure", group: "Instance" },
	{ keys: "r", does: "Next running node", group: "Instance" },
	{ keys: "p", does: "Pause or unpause", group: "Instance" },
	{ keys: "c", does: "Cancel…", group: "Instance" },
	{ keys: "s", does: "Send a signal…", group: "Instance" },
	{ keys: ".", does: "More actions", group: "Instance" },
	{ keys: "mod+Enter", does: "Confirm a dialog", group: "Instance" },
	{ keys: "← → ↑ ↓", does: "Walk along the plan", group: "Graph, outline and timeline" },
	{ keys: "Enter", does: "Open the inspector", group: "Graph, outline and timeline" },
	{ keys: "Home End", does: "First and last node", group: "Graph, outline and timeline" },
	{ keys: "l", does: "Follow what runs", group: "Graph, outline and timeline" },
	{ keys: "P", does: "Path to the node", group: "Graph, outline and timeline" },
	{ keys: "n", does: "Choose an iteration of the loop", group: "Graph, outline and timeline" },
	{ keys: "/", does: "Search in the graph, or in the list", group: "Graph, outline and timeline" },
	{ keys: "0 + -", does: "Fit, zoom in, zoom out", group: "Graph, outline and timeline" },
] as const satisfies readonly Shortcut[];

const CHORD_MS = 1_000;

interface Press {
	readonly key: string;
	readonly mod: boolean;
	readonly alt: boolean;
	/** Ms, by any clock that goes on. */
	readonly at: number;
}

/** What was pressed before, if it may begin a sequence. */
export interface Begun {
	readonly key: string;
	readonly at: number;
}

/**
 * The name of what was pressed: `mod+k`, `?`, `g i`; null for what can name none. `begun` is a first letter that may
 * be followed by a second one.
 */
export function nameOfPress(
	{ key, mod, alt, at }: Press,
	begun: Begun | null,
): { readonly name: string | null; readonly begun: Begun | null } {
	if (alt || key.length === 0) return { name: null, begun: null };
	// `p` and `P` are two keys; what has no case (Escape) is written small.
	const plain = key.length === 1 ? key : key.toLowerCase();
	if (mod) return { name: `mod+${plain.toLowerCase()}`, begun: null };
	if (begun !== null && at - begun.at < CHORD_MS) return { name: `${begun.key} ${plain}`, begun: null };
	if (plain === "g") return { name: null, begun: { key: plain, at } };
	return { name: plain, begun: null };
}

/** Single keys mean letters where something is typed, and belong to the widget where a widget takes them. */
export function isTyping(target: EventTarget | null): boolean {
	if (!(target instanceof HTMLElement)) return false;
	// A dialog that was closed keeps the focus for as long as it fades: whoever presses a key then means the page.
	if (target.closest("[data-closed]") !== null) return false;
	return (
		target.isContentEditable ||
		target.closest("input, textarea, select, [role=dialog], [role=menu], [role=listbox], [role=slider]") !== null
	);
}
