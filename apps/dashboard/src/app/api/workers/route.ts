import { authorise } from "../../../server/authorise.ts";
import { only, route } from "../../../server/respond.ts";
import { loadWorkers } from "../../../server/workers.ts";

export const dynamic = "force-dynamic";

export const GET = route(async (request) => {
	authorise(request, "read");
	return loadWorkers();
});

export const POST = only("GET");
