import type { Metadata } from "next";
import { visibleText } from "../../../../../components/visible-text.ts";
import { NodePage } from "../../../../../features/node-page/node-page.tsx";
import { loadInstance, loadSeenWorkers } from "../../../../../server/load-instance.ts";
import { decodeSegment } from "../../../../../server/respond.ts";

export const dynamic = "force-dynamic";

interface PageProps {
	/** `node` is a definition path in one segment: its slashes are encoded. */
	readonly params: Promise<{ readonly id: string; readonly node: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
	const { id, node } = await params;
	return { title: visibleText(`${decodeSegment(node)} of ${decodeSegment(id)}`).slice(0, 80) };
}

export default async function InstanceNodePage({ params }: PageProps) {
	const { id, node } = await params;
	const instanceId = decodeSegment(id);
	const nodeKey = decodeSegment(node);
	const initial = await loadInstance(instanceId);
	const workers = await loadSeenWorkers(instanceId);
	return <NodePage key={instanceId} {...{ instanceId, nodeKey, initial, workers }} />;
}
