import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { BulkJob } from "../../../features/bulk/bulk-job.tsx";
import { ApiError } from "../../../server/api-error.ts";
import { loadBulk } from "../../../server/bulk/bulk-job.ts";
import { forReader } from "../../../server/page-access.ts";
import type { BulkJob as Job } from "../../../server/wire.ts";

export const metadata: Metadata = { title: "Bulk action" };
export const dynamic = "force-dynamic";

export default async function BulkPage({ params }: { readonly params: Promise<{ readonly jobId: string }> }) {
	const { jobId } = await params;
	return <BulkJob initial={await forReader(() => load(jobId))} />;
}

async function load(jobId: string): Promise<Job> {
	try {
		return await loadBulk(jobId);
	} catch (error) {
		if (error instanceof ApiError && error.code === "JobNotFound") notFound();
		throw error;
	}
}
