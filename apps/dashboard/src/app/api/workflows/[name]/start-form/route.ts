import { authorise } from "../../../../../server/authorise.ts";
import { decodeSegment, only, route } from "../../../../../server/respond.ts";
import { loadStartForm } from "../../../../../server/start-form.ts";

export const dynamic = "force-dynamic";

interface Context {
	readonly params: Promise<{ readonly name: string }>;
}

export async function GET(request: Request, { params }: Context): Promise<Response> {
	const { name } = await params;
	return route(async () => {
		authorise(request, "read");
		return loadStartForm(decodeSegment(name));
	})(request);
}

export const POST = only("GET");
