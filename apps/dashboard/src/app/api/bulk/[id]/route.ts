import { authorise } from "../../../../server/authorise.ts";
import { loadBulk } from "../../../../server/bulk/bulk-job.ts";
import { instanceRoute, only } from "../../../../server/respond.ts";

export const dynamic = "force-dynamic";

export const GET = instanceRoute(async (request, jobId) => {
	authorise(request, "read");
	return loadBulk(jobId);
});

export const POST = only("GET");
