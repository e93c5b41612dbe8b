import type { Metadata } from "next";
import { visibleText } from "../../../components/visible-text.ts";
import { InstanceView } from "../../../features/instance/instance-view.tsx";
import { loadInstance, loadSeenWorkers } from "../../../server/load-instance.ts";
import { decodeSegment } from "../../../server/respond.ts";

export const dynamic = "force-dynamic";

interface PageProps {
	readonly params: Promise<{ readonly id: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
	return { title: visibleText(decodeSegment((await params).id)).slice(0, 80) };
}

export default async function InstancePage({ params }: PageProps) {
	const instanceId = decodeSegment((await params).id);
	const initial = await loadInstance(instanceId);
	return <InstanceView key={instanceId} {...{ instanceId, initial }} workers={await loadSeenWorkers(instanceId)} />;
}
