/** Which of the two something is of. */
export type Side = "A" | "B";

/** The letter of a side, as a mark. */
export function SideMark({ side }: { readonly side: Side }) {
	return (
		<span className="inline-grid size-5 shrink-0 place-items-center rounded border border-line-strong bg-pressed font-semibold text-xs">
			{side}
		</span>
	);
}
