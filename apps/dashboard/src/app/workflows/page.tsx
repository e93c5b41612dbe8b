import type { Metadata } from "next";
import { WorkflowTable } from "../../features/workflows/workflow-table.tsx";
import { toApiError } from "../../server/api-error.ts";
import { forReader } from "../../server/page-access.ts";
import { loadWorkflowTable } from "../../server/workflows.ts";

export const metadata: Metadata = { title: "Workflows" };
export const dynamic = "force-dynamic";

export default async function WorkflowsPage() {
	return <WorkflowTable initial={await forReader(load)} />;
}

/** The page comes up without data too, and then asks for itself. */
async function load() {
	try {
		return { path: "/api/workflows/table", data: await loadWorkflowTable() };
	} catch (error) {
		toApiError(error);
		return null;
	}
}
