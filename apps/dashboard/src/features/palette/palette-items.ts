import type { LucideIcon } from "lucide-react";

/** One thing that can be done or gone to. */
export interface PaletteItem {
	readonly id: string;
	readonly title: string;
	/** What else it is found by, and what is shown beside it. */
	readonly detail: string;
	readonly Icon: LucideIcon;
	readonly keys?: string;
	/** One of so many that it stands there only for who typed something. */
	readonly isAskedFor?: boolean;
	run(): void;
}

export interface PaletteGroup {
	readonly value: string;
	readonly items: readonly PaletteItem[];
}

/** Shorter words are in every other detail. */
const DETAIL_FROM = 3;

/** A query, made ready to be put to thousands of items. */
type Words = readonly { readonly text: string; readonly begins: RegExp }[];

function wordsOf(query: string): Words {
	const texts = query.toLowerCase().split(/\s+/);
	return texts
		.filter((text) => text !== "")
		.map((text) => ({ text, begins: new RegExp(`[\\s/_.:@-]${literal(text)}`) }));
}

function literal(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/**
 * How well an item answers what was typed: 0 not at all. Every word must be found; the title's beginning counts most,
 * then the beginning of a word in it, then anywhere.
 */
function rank({ title, detail, isAskedFor = false }: PaletteItem, words: Words): number {
	if (isAskedFor && words.length === 0) return 0;
	const name = title.toLowerCase();
	const rest = detail.toLowerCase();
	let sum = 1;
	for (const { text, begins } of words) {
		if (name.startsWith(text)) sum += 4;
		else if (begins.test(name)) sum += 3;
		else if (name.includes(text)) sum += 2;
		else if (text.length >= DETAIL_FROM && rest.includes(text)) sum += 1;
		else return 0;
	}
	return sum;
}

/** The groups with what answers the query, best first; groups of nothing are left out. */
export function answers(groups: readonly PaletteGroup[], query: string, most: number): readonly PaletteGroup[] {
	const words = wordsOf(query);
	return groups.flatMap(({ value, items }) => {
		const found = items
			.map((item) => ({ item, points: rank(item, words) }))
			.filter(({ points }) => points > 0)
			.sort((a, b) => b.points - a.points)
			.slice(0, most)
			.map(({ item }) => item);
		return found.length === 0 ? [] : [{ value, items: found }];
	});
}
