import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { visibleText } from "../../../components/visible-text.ts";
import { InstanceView } from "../../../features/instance/instance-view.tsx";
import { ApiError } from "../../../server/api-error.ts";
import { loadInstanceState } from "../../../server/instance-state.ts";
import { decodeSegment } from "../../../server/respond.ts";
import type { InstanceState } from "../../../server/wire.ts";

export const dynamic = "force-dynamic";

interface PageProps {
	readonly params: Promise<{ readonly id: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
	return { title: visibleText(decodeSegment((await params).id)).slice(0, 80) };
}

export default async function InstancePage({ params }: PageProps) {
	const instanceId = decodeSegment((await params).id);
	return <InstanceView key={instanceId} instanceId={instanceId} initial={await load(instanceId)} />;
}

const load = cache(async (instanceId: string): Promise<InstanceState> => {
	try {
		return await loadInstanceState(instanceId);
	} catch (error) {
		if (error instanceof ApiError && error.code === "InstanceNotFound") notFound();
		throw error;
	}
});
