import type { NodeView } from "@waymark/engine/graph";
import { formatCount } from "../time/format.ts";

/**
 * Which iteration is looked at, by the number that paths, errors and addresses have: `pages[173]` is iteration 173. The
 * latest says how many there may be at most, an earlier one which is the latest.
 */
export function iterationWords({ shown, begun, max }: NonNullable<NodeView["iterations"]>): string {
	const latest = begun - 1;
	return `iteration ${shown} · ${shown === latest ? `at most ${formatCount(max)}` : `latest ${latest}`}`;
}
