"use client";

import { useCallback, useEffect, useMemo, useState } from "react";

export interface Selection {
	readonly ids: readonly string[];
	has(id: string): boolean;
	toggle(id: string): void;
	setMany(ids: readonly string[], on: boolean): void;
	clear(): void;
}

/** Instances that a bulk action is meant for. `remembered`: those that an earlier one did not work for. */
export function useSelection(remembered: () => readonly string[]): Selection {
	const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set());
	const [read] = useState(() => remembered);
	// After the first render: the server knows nothing of what this browser keeps.
	useEffect(() => {
		const ids = read();
		if (ids.length > 0) setChosen(new Set(ids));
	}, [read]);
	const toggle = useCallback((id: string) => {
		setChosen((before) => changed(before, [id], !before.has(id)));
	}, []);
	return useMemo(
		() => ({
			ids: [...chosen],
			has: (id) => chosen.has(id),
			toggle,
			setMany: (ids, on) => setChosen((before) => changed(before, ids, on)),
			clear: () => setChosen(new Set()),
		}),
		[chosen, toggle],
	);
}

function changed(before: ReadonlySet<string>, ids: readonly string[], on: boolean): ReadonlySet<string> {
	const next = new Set(before);
	for (const id of ids) {
		if (on) next.add(id);
		else next.delete(id);
	}
	return next;
}
