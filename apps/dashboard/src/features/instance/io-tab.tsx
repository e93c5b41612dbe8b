"use client";

import type { ReactNode } from "react";
import type { InstanceState } from "../../server/wire.ts";
import { PayloadViewer } from "../payload/index.ts";

/** What the instance was given and what it gave back. */
export function IoTab({ state: { snapshot } }: { readonly state: InstanceState }) {
	const { instanceId, runId, output, status } = snapshot.instance;
	return (
		<div className="grid gap-4 p-4 sm:p-6 xl:grid-cols-2">
			<Part title="Input">
				<PayloadViewer title="Input" instanceId={instanceId} runId={runId} valueRef="~input" />
			</Part>
			<Part title="Output">
				{output === null ? (
					<p className="text-ink-muted text-sm">
						{status === "failed" || status === "cancelled"
							? "It ended without an output."
							: "Not yet: the instance has not completed."}
					</p>
				) : (
					<PayloadViewer title="Output" instanceId={instanceId} runId={runId} valueRef={output} />
				)}
			</Part>
		</div>
	);
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
	return (
		<section aria-label={title} className="flex min-h-40 min-w-0 flex-col rounded-card border border-line">
			<h2 className="border-line border-b px-4 py-2 font-medium text-sm">{title}</h2>
			<div className="flex min-h-0 flex-1 flex-col p-4">{children}</div>
		</section>
	);
}
