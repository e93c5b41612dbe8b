import { authorise } from "../../../server/authorise.ts";
import { only, route } from "../../../server/respond.ts";
import { loadWaits } from "../../../server/waits.ts";

export const dynamic = "force-dynamic";

export const GET = route(async (request) => {
	authorise(request, "read");
	return loadWaits(new URL(request.url).searchParams);
});

export const POST = only("GET");
