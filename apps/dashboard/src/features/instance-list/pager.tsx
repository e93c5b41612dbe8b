import { Button } from "../../components/button.tsx";
import type { Beside } from "./beside.ts";
import { type ListPlace, NEWEST } from "./list-filters.ts";

interface PagerProps {
	readonly page: ListPlace;
	readonly beside: Beside;
	/** Rows that this page shows. */
	readonly rows: number;
	readonly busy: boolean;
	onGo(to: ListPlace): void;
}

/** The pages beside this one. Each has an address, so that Back, a reload and a link lead to it. */
export function Pager({ page, beside: { newer, older }, rows, busy, onGo }: PagerProps) {
	if (page.cursor === null && older === null) return null;
	return (
		<nav aria-label="Pages" className="mt-4 flex flex-wrap justify-center gap-2">
			{page.cursor === null ? null : (
				<Button busy={busy} onClick={() => onGo(NEWEST)}>
					Newest
				</Button>
			)}
			{newer === null ? null : (
				<Button busy={busy} onClick={() => onGo(newer)}>
					Newer
				</Button>
			)}
			{older === null ? null : (
				<Button busy={busy} onClick={() => onGo(older)}>
					{rows === 0 ? "Search further back" : "Older"}
				</Button>
			)}
		</nav>
	);
}
