import type { AuditRecord, ControlKind, InstanceRecord, PersistentBackend } from "@waymark/engine/backend";
import { cancelEffect, effectInRow, effectOf } from "../audit/request-effect.ts";
import type { AuditEntry, RequestEffect } from "./wire.ts";

/** Requests of one instance that are looked through for what took a pause back. */
const LATER = 200;

/** What moves an instance. Who was shown what moves nothing. */
const MOVING = ["pause", "unpause", "cancel", "retry", "retryNow"] as const satisfies readonly ControlKind[];

/**
 * What became of each request. That of most stands in its row; a pause or cancel that had to wait for running tasks is
 * asked after with a few bounded reads of its instance.
 */
export async function withEffects(
	backend: PersistentBackend,
	requests: readonly AuditRecord[],
): Promise<readonly AuditEntry[]> {
	const instances = new Map<string, Promise<InstanceRecord | null>>();
	const instanceOf = (instanceId: string) => {
		const found = instances.get(instanceId) ?? backend.getInstance(instanceId);
		instances.set(instanceId, found);
		return found;
	};
	return Promise.all(
		requests.map(async (request): Promise<AuditEntry> => {
			const told = effectInRow(request);
			if (told !== null) return { ...request, effect: told };
			return { ...request, effect: await effectSince(backend, request, await instanceOf(request.instanceId)) };
		}),
	);
}

/** Of a pause or a cancel that had to wait. */
async function effectSince(
	backend: PersistentBackend,
	request: AuditRecord,
	instance: InstanceRecord | null,
): Promise<RequestEffect> {
	const { runId, version } = request;
	// Deleted since, or its id was started again: it has ended, and when is not looked for.
	if (instance === null || instance.runId !== runId) return { kind: "later", at: null };
	if (request.after === "cancelling") return cancelEffect(instance);
	const controlRequests = await laterRequests(backend, request);
	// Nothing begins in an instance that is still paused: what came since is no more than what it waited for.
	const isFew = instance.status === "paused" && controlRequests.length === 0;
	const since = isFew ? await backend.getSnapshot(runId, version) : null;
	const { checkpoints = [], attempts = [] } = since ?? {};
	return effectOf(request, { instance, controlRequests, checkpoints, attempts });
}

async function laterRequests(
	backend: PersistentBackend,
	{ instanceId, runId, version }: AuditRecord,
): Promise<readonly AuditRecord[]> {
	const { requests } = await backend.listRequests({
		kinds: MOVING,
		results: ["applied"],
		by: null,
		instanceId,
		limit: LATER,
		cursor: null,
	});
	return requests.filter((request) => request.runId === runId && request.version > version);
}
