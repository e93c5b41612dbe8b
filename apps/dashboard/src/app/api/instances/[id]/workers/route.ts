import { authorise } from "../../../../../server/authorise.ts";
import { loadInstanceWorkers } from "../../../../../server/instance-workers.ts";
import { instanceRoute, only } from "../../../../../server/respond.ts";

export const dynamic = "force-dynamic";

export const GET = instanceRoute(async (request, instanceId) => {
	authorise(request, "read");
	return loadInstanceWorkers(instanceId);
});

export const POST = only("GET");
