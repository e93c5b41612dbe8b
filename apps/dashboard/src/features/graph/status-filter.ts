"use client";

import { parseAsArrayOf, parseAsStringLiteral, useQueryState } from "nuqs";
import { useCallback } from "react";
import { DRAWN_LOOKS, type StatusLook } from "../../components/status-table.ts";

const FILTER = parseAsArrayOf(parseAsStringLiteral(DRAWN_LOOKS)).withDefault([]);

export interface StatusFilter {
	/** Empty: everything counts. */
	readonly looks: readonly StatusLook[];
	toggle(look: StatusLook): void;
	clear(): void;
}

/** Which states the reader looks for; the others are dimmed. Stands in the address, and graph and outline share it. */
export function useStatusFilter(): StatusFilter {
	const [looks, setLooks] = useQueryState("states", FILTER);
	const toggle = useCallback(
		(look: StatusLook) =>
			void setLooks((now) => (now.includes(look) ? now.filter((one) => one !== look) : [...now, look])),
		[setLooks],
	);
	const clear = useCallback(() => void setLooks(null), [setLooks]);
	return { looks, toggle, clear };
}
