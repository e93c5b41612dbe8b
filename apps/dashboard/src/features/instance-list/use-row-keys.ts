import { useShortcuts } from "../shortcuts/use-shortcuts.ts";
import type { Selection } from "./use-selection.ts";

/** `j` and `k` walk along the rows, Enter opens the one that has the focus (it is a link), `x` selects it. */
export function useRowKeys(selection: Selection): void {
	useShortcuts({
		j: () => step(1),
		k: () => step(-1),
		x: () => {
			const id = focusedRow()?.dataset.instanceId;
			if (id !== undefined) selection.toggle(id);
		},
	});
}

/** From nowhere the first step leads to the first row. */
function step(by: 1 | -1): void {
	const rows = [...document.querySelectorAll<HTMLElement>("[data-instance-id]")];
	const row = focusedRow();
	const next = row === null ? rows[0] : rows[rows.indexOf(row) + by];
	next?.querySelector<HTMLElement>("a")?.focus();
}

function focusedRow(): HTMLElement | null {
	return document.activeElement?.closest<HTMLElement>("[data-instance-id]") ?? null;
}
