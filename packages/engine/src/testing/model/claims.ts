import type { CommitEvent } from "./commit-event.ts";
import { insist } from "./contradiction.ts";
import type { LeaseChecker } from "./leases.ts";
import type { ModelWorld } from "./model-world.ts";

/**
 * A claim that had slots left leaves nothing ready behind that it could have taken (I29): what it cannot run uses up
 * no slot. To be asked after model and leases have seen the event.
 */
export function checkClaim(event: CommitEvent, model: ModelWorld, leases: LeaseChecker): void {
	if (event.call !== "claim" || !leases.isLive(event.command.owner, event.at)) return;
	const { slots, tags, runId } = event.command;
	if (event.result.grants.length >= slots) return;
	for (const run of model.runs.values()) {
		const isOpen = run.status === "live" && !run.isPauseWanted && !run.isCancelWanted;
		if (!isOpen || (runId !== null && runId !== run.runId)) continue;
		for (const { state, owner, opening } of run.rows.open.values()) {
			const wanted = opening.task?.tags ?? [];
			const isTakeable = state === "ready" && owner === null && wanted.every((tag) => tags.includes(tag));
			insist(!isTakeable, "I29", () => `a claim with free slots passed over ${run.runId} ${opening.path}`);
		}
	}
}
