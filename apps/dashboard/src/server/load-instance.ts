import { notFound } from "next/navigation";
import { cache } from "react";
import { ApiError } from "./api-error.ts";
import { loadInstanceState } from "./instance-state.ts";
import { forReader } from "./page-access.ts";
import type { InstanceState } from "./wire.ts";

/** Once per request. An unknown id is the page that says so. */
export const loadInstance = cache(async (instanceId: string): Promise<InstanceState> => {
	try {
		return await forReader(() => loadInstanceState(instanceId));
	} catch (error) {
		if (error instanceof ApiError && error.code === "InstanceNotFound") notFound();
		throw error;
	}
});
