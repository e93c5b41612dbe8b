import type { Metadata } from "next";
import { Overview } from "../features/overview/overview.tsx";
import { toApiError } from "../server/api-error.ts";
import { loadOverview } from "../server/overview.ts";
import { forReader } from "../server/page-access.ts";

export const metadata: Metadata = { title: "Overview" };
export const dynamic = "force-dynamic";

/** The hour, whatever the address asks for: the page asks for another range itself. */
const PATH = "/api/overview?range=1h";

export default async function OverviewPage() {
	return <Overview initial={await forReader(load)} />;
}

async function load() {
	try {
		return { path: PATH, data: await loadOverview(new URLSearchParams("range=1h")) };
	} catch (error) {
		toApiError(error);
		return null;
	}
}
