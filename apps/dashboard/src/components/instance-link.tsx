import Link from "next/link";
import { iterationsInUrl, placeInRun } from "../graph/place-in-run.ts";
import { MiddleTruncate } from "./middle-truncate.tsx";

interface InstanceLinkProps {
	readonly id: string;
	/** A node to open with it, by its path in the run or in the definition. */
	readonly node?: string | null;
	readonly max?: number;
}

export function InstanceLink({ id, node = null, max = 36 }: InstanceLinkProps) {
	return (
		<Link href={instanceHref(id, node)} prefetch={false} className="font-mono text-link text-xs hover:underline">
			<MiddleTruncate text={id} max={max} />
		</Link>
	);
}

/** The page of an instance; with a node by its path in the run, in the iterations that the path says. */
export function instanceHref(id: string, node: string | null): string {
	const page = `/instances/${encodeURIComponent(id)}`;
	if (node === null) return page;
	const { key, iterations } = placeInRun(node);
	const iter = iterations.size === 0 ? "" : `&iter=${encodeURIComponent(iterationsInUrl(iterations).join(","))}`;
	return `${page}?node=${encodeURIComponent(key)}${iter}`;
}
