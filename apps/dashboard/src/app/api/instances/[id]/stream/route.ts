import { authorise } from "../../../../../server/authorise.ts";
import { instanceStream } from "../../../../../server/live/instance-stream.ts";
import { instanceRoute, only } from "../../../../../server/respond.ts";

export const dynamic = "force-dynamic";

export const GET = instanceRoute(async (request, instanceId) => {
	return instanceStream(request, instanceId, authorise(request, "read"));
});

export const POST = only("GET");
