import { authorise } from "../../../../server/authorise.ts";
import { instanceRoute, only } from "../../../../server/respond.ts";
import { loadWorkflowPage } from "../../../../server/workflows.ts";

export const dynamic = "force-dynamic";

export const GET = instanceRoute(async (request, workflow) => {
	authorise(request, "read");
	return loadWorkflowPage(workflow, new URL(request.url).searchParams.get("definition"));
});

export const POST = only("GET");
