import type { Finding } from "../../server/wire.ts";

/** What becomes of the nodes that a silent worker held: it is said behind "fell silent with 3 nodes". */
export function silentWords({ worker, paused, isAnyAlive }: Extract<Finding, { kind: "silent-worker" }>): string {
	const held = worker.held;
	const free = Math.max(0, held - paused);
	if (free === 0) {
		return `: ${paused === 1 ? "its instance is" : "their instances are"} paused, and nobody takes ${it(paused)} over until the unpause.`;
	}
	const but =
		paused === 0
			? ""
			: ` ${paused} of them ${paused === 1 ? "is" : "are"} of paused instances and wait${paused === 1 ? "s" : ""} for the unpause.`;
	if (!isAnyAlive) return `. No worker is alive to take ${it(free)} over.${but}`;
	return `. Free workers that have the code take ${it(free)} over.${but}`;
}

function it(nodes: number): string {
	return nodes === 1 ? "it" : "them";
}
