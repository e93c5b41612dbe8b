import { definitionPath } from "@waymark/engine/graph";
import Link from "next/link";
import { MiddleTruncate } from "./middle-truncate.tsx";

interface InstanceLinkProps {
	readonly id: string;
	/** A node to open with it, by its path in the run or in the definition. */
	readonly node?: string | null;
	readonly max?: number;
}

export function InstanceLink({ id, node = null, max = 36 }: InstanceLinkProps) {
	const query = node === null ? "" : `?node=${encodeURIComponent(definitionPath(node))}`;
	return (
		<Link
			href={`/instances/${encodeURIComponent(id)}${query}`}
			prefetch={false}
			className="font-mono text-link text-xs hover:underline"
		>
			<MiddleTruncate text={id} max={max} />
		</Link>
	);
}
