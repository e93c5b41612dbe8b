import { authorise } from "../../../../../server/authorise.ts";
import { loadInstanceWaits } from "../../../../../server/instance-waits.ts";
import { instanceRoute, only } from "../../../../../server/respond.ts";

export const dynamic = "force-dynamic";

export const GET = instanceRoute(async (request, instanceId) => {
	authorise(request, "read");
	return loadInstanceWaits(instanceId);
});

export const POST = only("GET");
