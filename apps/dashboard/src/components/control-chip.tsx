/** A request that waits for running tasks, beside the status that has not changed yet. */
export function ControlChip({ control }: { readonly control: "pausing" | "cancelling" }) {
	return (
		<span className="rounded-full border border-line px-1.5 text-ink-muted text-xs">
			{control === "pausing" ? "Pausing…" : "Cancelling…"}
		</span>
	);
}
