import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { visibleText } from "../../../../components/visible-text.ts";
import { StartPage } from "../../../../features/start/start-page.tsx";
import { ApiError } from "../../../../server/api-error.ts";
import { forReader } from "../../../../server/page-access.ts";
import { decodeSegment } from "../../../../server/respond.ts";
import { loadStartForm } from "../../../../server/start-form.ts";

export const dynamic = "force-dynamic";

interface PageProps {
	readonly params: Promise<{ readonly name: string }>;
	readonly searchParams: Promise<{ readonly copy?: string | readonly string[] }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
	return { title: `Start ${visibleText(decodeSegment((await params).name)).slice(0, 80)}` };
}

export default async function Start({ params, searchParams }: PageProps) {
	const workflow = decodeSegment((await params).name);
	const { copy } = await searchParams;
	try {
		return (
			<StartPage
				form={await forReader(() => loadStartForm(workflow))}
				copyOf={typeof copy === "string" ? copy : null}
			/>
		);
	} catch (error) {
		if (error instanceof ApiError && error.code === "UnknownWorkflow") notFound();
		throw error;
	}
}
