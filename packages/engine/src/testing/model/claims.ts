import type { CommitEvent } from "./commit-event.ts";
import { insist } from "./contradiction.ts";
import type { LeaseChecker } from "./leases.ts";
import type { ModelRun } from "./model-run.ts";
import type { ModelWorld } from "./model-world.ts";

/** Whether leases of that run may be granted. */
function isOpen(run: ModelRun): boolean {
	return run.status === "live" && !run.isPauseWanted && !run.isCancelWanted;
}

/**
 * A signal that ends a wait grants it to whoever was named and could claim it, and grants nothing else (I29). To be asked
 * after model and leases have seen the event.
 */
export function checkSignalled(event: CommitEvent, model: ModelWorld, leases: LeaseChecker): void {
	if (event.call !== "sendSignal" || event.result.kind !== "stored") return;
	const { grantTo, instanceId, signalId } = event.command;
	const { grants, reservedFor } = event.result;
	for (const grant of grants) {
		const isItsWait = grant.path === reservedFor && grant.signalId === signalId;
		insist(isItsWait, "I29", () => `${signalId} was to grant ${reservedFor}, and granted ${grant.path}`);
	}
	const run = model.newest.get(instanceId);
	const isWanted = grantTo !== null && grantTo.slots > 0 && leases.isLive(grantTo.owner, event.at);
	// The plans' waits ask for no tags, and all workers know all plans.
	const isToGrant = run !== undefined && isOpen(run) && reservedFor !== null && event.result.signalId === signalId;
	insist(!isWanted || !isToGrant || grants.length === 1, "I29", () => `${signalId} readied ${reservedFor} for nobody`);
}

/**
 * A claim that had slots left leaves nothing ready behind that it could have taken (I29): what it cannot run uses up
 * no slot. To be asked after model and leases have seen the event.
 */
export function checkClaim(event: CommitEvent, model: ModelWorld, leases: LeaseChecker): void {
	if (event.call !== "claim" || !leases.isLive(event.command.owner, event.at)) return;
	const { slots, tags, runId } = event.command;
	if (event.result.grants.length >= slots) return;
	for (const run of model.runs.values()) {
		if (!isOpen(run) || (runId !== null && runId !== run.runId)) continue;
		for (const { state, owner, opening } of run.rows.open.values()) {
			const wanted = opening.task?.tags ?? [];
			const isTakeable = state === "ready" && owner === null && wanted.every((tag) => tags.includes(tag));
			insist(!isTakeable, "I29", () => `a claim with free slots passed over ${run.runId} ${opening.path}`);
		}
	}
}
