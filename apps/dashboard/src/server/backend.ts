import type { PersistentBackend } from "@waymark/engine/backend";
import { currentStore } from "../http-server/store.ts";
import { ApiError } from "./api-error.ts";

/** The database of this dashboard, opened by the server that this code runs in. */
export async function getBackend(): Promise<PersistentBackend> {
	const backend = currentStore();
	if (backend === null) {
		throw new ApiError("StoreUnavailable", "The dashboard has no open database: it is stopping. Start it again.");
	}
	return backend;
}
