import { authorise } from "../../../server/authorise.ts";
import { loadOverview } from "../../../server/overview.ts";
import { only, route } from "../../../server/respond.ts";

export const dynamic = "force-dynamic";

export const GET = route(async (request) => {
	authorise(request, "read");
	return loadOverview(new URL(request.url).searchParams);
});

export const POST = only("GET");
