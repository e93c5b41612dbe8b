/** The mark: a route with its next point lit. */
export function Logo({ size = 22 }: { readonly size?: number }) {
	return (
		<svg viewBox="0 0 32 32" width={size} height={size} aria-hidden className="shrink-0">
			<rect width="32" height="32" rx="8" className="fill-inverse" />
			<path
				d="M7 11l4.2 11L16 11.5 20.8 22 25 11"
				className="fill-none stroke-on-inverse"
				strokeWidth="2.6"
				strokeLinecap="round"
				strokeLinejoin="round"
			/>
			<circle cx="25" cy="10.5" r="3" fill="var(--status-completed-solid)" />
		</svg>
	);
}
