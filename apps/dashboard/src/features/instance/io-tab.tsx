"use client";

import { FileDiff } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "../../components/button.tsx";
import type { InstanceState } from "../../server/wire.ts";
import { PayloadDiff, PayloadViewer } from "../payload/index.ts";

/** What the instance was given and what it gave back. */
export function IoTab({ state: { snapshot } }: { readonly state: InstanceState }) {
	const { instanceId, runId, output, status } = snapshot.instance;
	const [compares, setCompares] = useState(false);
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
			{output === null ? null : (
				<Part title="From input to output" wide>
					{compares ? (
						<PayloadDiff
							before={{ instanceId, runId, valueRef: "~input" }}
							after={{ instanceId, runId, valueRef: output }}
						/>
					) : (
						<span>
							<Button size="sm" icon={<FileDiff aria-hidden size={13} />} onClick={() => setCompares(true)}>
								Compare
							</Button>
						</span>
					)}
				</Part>
			)}
		</div>
	);
}

interface PartProps {
	readonly title: string;
	/** Below the others, over their whole width. */
	readonly wide?: boolean;
	readonly children: ReactNode;
}

function Part({ title, wide = false, children }: PartProps) {
	return (
		<section
			aria-label={title}
			className={`flex min-w-0 flex-col rounded-card border border-line ${wide ? "xl:col-span-2" : "min-h-40"}`}
		>
			<h2 className="border-line border-b px-4 py-2 font-medium text-sm">{title}</h2>
			<div className="flex min-h-0 flex-1 flex-col p-4">{children}</div>
		</section>
	);
}
