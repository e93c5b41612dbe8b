import type { DefinitionRecord, InstanceRecord, PersistentBackend } from "@waymark/engine/backend";
import { ApiError } from "./api-error.ts";
import { getBackend } from "./backend.ts";
import type { InstanceExists, InstanceState } from "./wire.ts";

/** Longer than any id that can exist; nothing is asked of the database beyond it. */
const MAX_ID = 200;

export function notFound(instanceId: string): ApiError {
	const shown = instanceId.length > 80 ? `${instanceId.slice(0, 80)}…` : instanceId;
	return new ApiError("InstanceNotFound", `There is no instance "${shown}". Check the id, or look in the list.`);
}

/** The newest run of that id. */
export async function findInstance(backend: PersistentBackend, instanceId: string): Promise<InstanceRecord> {
	const known = instanceId.length <= MAX_ID && !instanceId.includes("\0");
	const instance = known ? await backend.getInstance(instanceId) : null;
	if (instance === null) throw notFound(instanceId);
	return instance;
}

/** A question that "no" is an answer to, and no error. */
export async function instanceExists(instanceId: string): Promise<InstanceExists> {
	const known = instanceId.length <= MAX_ID && !instanceId.includes("\0");
	return { exists: known && (await (await getBackend()).getInstance(instanceId)) !== null };
}

export async function findDefinition(backend: PersistentBackend, hash: string): Promise<DefinitionRecord> {
	const definition = await backend.getDefinition(hash);
	if (definition === null) throw new ApiError("Internal", "The instance's definition is not stored. Restore it.");
	return definition;
}

/** Everything the instance page shows. */
export async function loadInstanceState(instanceId: string): Promise<InstanceState> {
	const backend = await getBackend();
	const { runId, definitionHash } = await findInstance(backend, instanceId);
	const [snapshot, definition] = await Promise.all([
		backend.getSnapshot(runId, 0),
		findDefinition(backend, definitionHash),
	]);
	if (snapshot === null) throw notFound(instanceId);
	return { now: snapshot.now, snapshot, definition };
}
