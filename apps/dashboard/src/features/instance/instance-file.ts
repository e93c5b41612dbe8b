import type { InstanceState } from "../../server/wire.ts";

/** What the page knows, as a file: status, plan, checkpoints, attempts, signals, audit. Payloads stay where they are. */
export function instanceFile({ snapshot, definition }: InstanceState): {
	readonly name: string;
	readonly text: string;
} {
	// An id may hold what a file name may not, and what would hide its end.
	const safe = snapshot.instance.instanceId.replace(/[^A-Za-z0-9._-]+/g, "_").slice(0, 80);
	return { name: `waymark-${safe}.json`, text: JSON.stringify({ ...snapshot, definition }, null, "\t") };
}
