import type { LucideIcon } from "lucide-react";

/** One thing that can be done or gone to. */
export interface PaletteItem {
	readonly id: string;
	readonly title: string;
	/** What else it is found by, and what is shown beside it. */
	readonly detail: string;
	readonly Icon: LucideIcon;
	readonly keys?: string;
	run(): void;
}

export interface PaletteGroup {
	readonly value: string;
	readonly items: readonly PaletteItem[];
}

/** Shorter words are in every other detail. */
const DETAIL_FROM = 3;

/**
 * How well an item answers what was typed: 0 not at all. Every word must be found; the title's beginning counts most,
 * then the beginning of a word in it, then anywhere.
 */
export function rank({ title, detail }: Pick<PaletteItem, "title" | "detail">, query: string): number {
	const name = title.toLowerCase();
	const rest = detail.toLowerCase();
	let sum = 1;
	for (const word of query.toLowerCase().split(/\s+/)) {
		if (word === "") continue;
		if (name.startsWith(word)) sum += 4;
		else if (new RegExp(`[\\s/_.:@-]${literal(word)}`).test(name)) sum += 3;
		else if (name.includes(word)) sum += 2;
		else if (word.length >= DETAIL_FROM && rest.includes(word)) sum += 1;
		else return 0;
	}
	return sum;
}

function literal(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** The groups with what answers the query, best first; groups of nothing are left out. */
export function answers(groups: readonly PaletteGroup[], query: string, most: number): readonly PaletteGroup[] {
	return groups.flatMap(({ value, items }) => {
		const found = items
			.map((item) => ({ item, points: rank(item, query) }))
			.filter(({ points }) => points > 0)
			.sort((a, b) => b.points - a.points)
			.slice(0, most)
			.map(({ item }) => item);
		return found.length === 0 ? [] : [{ value, items: found }];
	});
}
