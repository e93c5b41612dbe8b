import { authorise } from "../../../../server/authorise.ts";
import { only, route } from "../../../../server/respond.ts";
import { loadWorkflowTable } from "../../../../server/workflows.ts";

export const dynamic = "force-dynamic";

export const GET = route(async (request) => {
	authorise(request, "read");
	return loadWorkflowTable();
});

export const POST = only("GET");
