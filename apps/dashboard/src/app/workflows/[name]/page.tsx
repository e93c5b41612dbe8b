import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { visibleText } from "../../../components/visible-text.ts";
import { WorkflowView } from "../../../features/workflows/workflow-view.tsx";
import { ApiError } from "../../../server/api-error.ts";
import { forReader } from "../../../server/page-access.ts";
import { decodeSegment } from "../../../server/respond.ts";
import type { WorkflowPage as Data } from "../../../server/wire.ts";
import { loadWorkflowPage } from "../../../server/workflows.ts";

export const dynamic = "force-dynamic";

interface PageProps {
	readonly params: Promise<{ readonly name: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
	return { title: visibleText(decodeSegment((await params).name)).slice(0, 80) };
}

export default async function WorkflowPage({ params }: PageProps) {
	const workflow = decodeSegment((await params).name);
	const path = `/api/workflows/${encodeURIComponent(workflow)}`;
	return (
		<WorkflowView key={workflow} workflow={workflow} initial={{ path, data: await forReader(() => load(workflow)) }} />
	);
}

async function load(workflow: string): Promise<Data> {
	try {
		return await loadWorkflowPage(workflow, null);
	} catch (error) {
		if (error instanceof ApiError && error.code === "UnknownWorkflow") notFound();
		throw error;
	}
}
