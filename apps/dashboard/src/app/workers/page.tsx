import type { Metadata } from "next";
import { WorkerTable } from "../../features/workers/worker-table.tsx";
import { toApiError } from "../../server/api-error.ts";
import { forReader } from "../../server/page-access.ts";
import { loadWorkers } from "../../server/workers.ts";

export const metadata: Metadata = { title: "Workers" };
export const dynamic = "force-dynamic";

export default async function WorkersPage() {
	return <WorkerTable initial={await forReader(load)} />;
}

/** The page comes up without data too, and then asks for itself. */
async function load() {
	try {
		return { path: "/api/workers", data: await loadWorkers() };
	} catch (error) {
		toApiError(error);
		return null;
	}
}
