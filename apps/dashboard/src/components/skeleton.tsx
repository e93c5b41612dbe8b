/** A grey block in the place of what is coming. Shown only after 200 ms, so that fast answers do not flicker. */
export function Skeleton({ className = "" }: { readonly className?: string }) {
	return (
		<span aria-hidden className={`enter-late block`}>
			<span className={`block animate-pulse rounded bg-pressed ${className}`} />
		</span>
	);
}
