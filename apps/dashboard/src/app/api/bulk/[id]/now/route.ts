import { authorise } from "../../../../../server/authorise.ts";
import { loadBulkNow } from "../../../../../server/bulk/bulk-now.ts";
import { instanceRoute, only } from "../../../../../server/respond.ts";

export const dynamic = "force-dynamic";

export const GET = instanceRoute(async (request, jobId) => {
	authorise(request, "read");
	return loadBulkNow(jobId);
});

export const POST = only("GET");
