import { authorise } from "../../../server/authorise.ts";
import { loadWorkflows } from "../../../server/instance-list.ts";
import { only, route } from "../../../server/respond.ts";

export const dynamic = "force-dynamic";

export const GET = route(async (request) => {
	authorise(request, "read");
	return loadWorkflows();
});

export const POST = only("GET");
