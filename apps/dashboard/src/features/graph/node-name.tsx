const TAIL = 7;

/** A name that loses its middle when there is no room, by layout alone: the tail stays, the head is cut. */
export function NodeName({ name, className = "" }: { readonly name: string; readonly className?: string }) {
	const cut = name.length > 2 * TAIL ? name.length - TAIL : name.length;
	return (
		<span className={`flex min-w-0 ${className}`} title={name}>
			<span className="truncate">{name.slice(0, cut)}</span>
			{cut < name.length && <span className="shrink-0">{name.slice(cut)}</span>}
		</span>
	);
}
