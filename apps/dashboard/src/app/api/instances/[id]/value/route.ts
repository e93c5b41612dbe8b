import { authorise } from "../../../../../server/authorise.ts";
import { instanceValue } from "../../../../../server/instance-value.ts";
import { instanceRoute, only } from "../../../../../server/respond.ts";

export const dynamic = "force-dynamic";

export const GET = instanceRoute(async (request, instanceId) => {
	authorise(request, "data");
	return instanceValue(request, instanceId);
});

export const POST = only("GET");
