import { authorise } from "../../../server/authorise.ts";
import { loadOverview } from "../../../server/overview.ts";
import { only, route } from "../../../server/respond.ts";
import { shownTo } from "../../../server/shown-to.ts";

export const dynamic = "force-dynamic";

export const GET = route(async (request) => {
	const actor = authorise(request, "read");
	return shownTo(actor, await loadOverview(new URL(request.url).searchParams));
});

export const POST = only("GET");
