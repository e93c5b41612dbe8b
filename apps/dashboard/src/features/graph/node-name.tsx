const TAIL = 7;

interface NodeNameProps {
	readonly name: string;
	readonly className?: string;
	/** There may be little room for it, and names that begin alike beside it: a short name too keeps its end. */
	readonly isTight?: boolean;
}

/** A name that loses its middle when there is no room, by layout alone: the tail stays, the head is cut. */
export function NodeName({ name, className = "", isTight = false }: NodeNameProps) {
	const tail = isTight ? Math.min(TAIL, Math.floor(name.length / 2)) : TAIL;
	const cut = name.length > 2 * TAIL || (isTight && name.length > TAIL) ? name.length - tail : name.length;
	if (cut === name.length) {
		return (
			<span className={`flex min-w-0 ${className}`} title={name}>
				<span className="truncate">{name}</span>
			</span>
		);
	}
	// Two boxes are two words to a screen reader.
	return (
		<span className={`flex min-w-0 ${className}`} title={name}>
			<span className="sr-only">{name}</span>
			<span aria-hidden className="truncate">
				{name.slice(0, cut)}
			</span>
			<span aria-hidden className="shrink-0">
				{name.slice(cut)}
			</span>
		</span>
	);
}
