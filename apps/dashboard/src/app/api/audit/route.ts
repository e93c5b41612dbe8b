import { loadAudit } from "../../../server/audit.ts";
import { authorise } from "../../../server/authorise.ts";
import { only, route } from "../../../server/respond.ts";

export const dynamic = "force-dynamic";

export const GET = route(async (request) => {
	authorise(request, "read");
	return loadAudit(new URL(request.url).searchParams);
});

export const POST = only("GET");
