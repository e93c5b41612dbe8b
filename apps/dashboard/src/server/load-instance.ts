import { notFound } from "next/navigation";
import { cache } from "react";
import { ApiError, toApiError } from "./api-error.ts";
import { loadInstanceState } from "./instance-state.ts";
import { loadInstanceWorkers } from "./instance-workers.ts";
import { forReader } from "./page-access.ts";
import type { InstanceState, InstanceWorkers } from "./wire.ts";

/** Once per request. An unknown id is the page that says so. */
export const loadInstance = cache(async (instanceId: string): Promise<InstanceState> => {
	try {
		return await forReader(() => loadInstanceState(instanceId));
	} catch (error) {
		if (error instanceof ApiError && error.code === "InstanceNotFound") notFound();
		throw error;
	}
});

/** Null where it cannot be told: the page comes up without, and asks for itself. */
export async function loadSeenWorkers(instanceId: string): Promise<InstanceWorkers | null> {
	try {
		return await forReader(() => loadInstanceWorkers(instanceId));
	} catch (error) {
		toApiError(error);
		return null;
	}
}
