import { authorise } from "../../../server/authorise.ts";
import { loadInstanceList } from "../../../server/instance-list.ts";
import { readListQuery } from "../../../server/list-query.ts";
import { route } from "../../../server/respond.ts";
import { shownTo } from "../../../server/shown-to.ts";
import { startInstance } from "../../../server/start-command.ts";

export const dynamic = "force-dynamic";

export const GET = route(async (request) => {
	const actor = authorise(request, "read");
	return shownTo(actor, await loadInstanceList(readListQuery(new URL(request.url).searchParams)));
});

export const POST = route(startInstance);
