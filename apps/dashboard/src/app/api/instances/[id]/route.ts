import { authorise } from "../../../../server/authorise.ts";
import { loadInstanceState } from "../../../../server/instance-state.ts";
import { instanceRoute, only } from "../../../../server/respond.ts";
import { shownTo } from "../../../../server/shown-to.ts";

export const dynamic = "force-dynamic";

export const GET = instanceRoute(async (request, instanceId) => {
	const actor = authorise(request, "read");
	return shownTo(actor, await loadInstanceState(instanceId));
});

export const POST = only("GET");
