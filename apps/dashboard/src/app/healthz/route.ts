import { getBackend } from "../../server/backend.ts";
import { route } from "../../server/respond.ts";

export const dynamic = "force-dynamic";

/** Whether the dashboard can read its database. */
export const GET = route(async () => {
	await (await getBackend()).countInstances();
	return { ok: true };
});
