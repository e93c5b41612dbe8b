import { authorise } from "../../../../../server/authorise.ts";
import { instanceExists } from "../../../../../server/instance-state.ts";
import { instanceRoute, only } from "../../../../../server/respond.ts";

export const dynamic = "force-dynamic";

export const GET = instanceRoute(async (request, instanceId) => {
	authorise(request, "read");
	return instanceExists(instanceId);
});

export const POST = only("GET");
