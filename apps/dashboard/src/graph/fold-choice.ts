/**
 * What the reader opened and closed, by definition: the next instance of it looks the same. Outside of React, because
 * graph and outline share it; kept by the browser as far as it lets us.
 */

const KEY = "waymark.folding.";
/** A definition's choices are small; somebody who folds all day must not fill the browser. */
const MOST = 500;
const NONE: ReadonlyMap<string, boolean> = new Map();
const chosen = new Map<string, ReadonlyMap<string, boolean>>();
const listeners = new Set<() => void>();

/** By group: open (true) or closed. The same object until the choice changes. */
export function foldChoices(definitionHash: string): ReadonlyMap<string, boolean> {
	let found = chosen.get(definitionHash);
	if (found === undefined) {
		found = load(definitionHash);
		chosen.set(definitionHash, found);
	}
	return found;
}

/** All choices of one definition at once. */
export function chooseFolding(definitionHash: string, groups: Iterable<readonly [string, boolean]>): void {
	const next = new Map(foldChoices(definitionHash));
	for (const [id, open] of groups) {
		next.delete(id);
		next.set(id, open);
	}
	const kept = new Map([...next].slice(-MOST));
	chosen.set(definitionHash, kept);
	save(definitionHash, kept);
	for (const listener of listeners) listener();
}

export function onFoldChoice(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

function load(definitionHash: string): ReadonlyMap<string, boolean> {
	try {
		const stored: unknown = JSON.parse(localStorage.getItem(KEY + definitionHash) ?? "[]");
		if (!Array.isArray(stored)) return NONE;
		return new Map(stored.filter((one): one is [string, boolean] => Array.isArray(one) && typeof one[1] === "boolean"));
	} catch {
		return NONE;
	}
}

function save(definitionHash: string, choices: ReadonlyMap<string, boolean>): void {
	try {
		localStorage.setItem(KEY + definitionHash, JSON.stringify([...choices]));
	} catch {
		// Storage is closed to us: the choices hold for this page only.
	}
}
