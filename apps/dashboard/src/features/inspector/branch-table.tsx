"use client";

import type { NodeView } from "@waymark/engine/graph";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { branchOutputs, recorded } from "../../graph/input-ref.ts";
import type { InstanceState } from "../../server/wire.ts";
import { PayloadViewer } from "../payload/index.ts";

interface BranchTableProps {
	readonly state: InstanceState;
	/** A join. */
	readonly view: NodeView;
}

/** What each branch brought to its join, opened one by one. */
export function BranchTable({ state, view }: BranchTableProps) {
	const branches = branchOutputs(recorded(state.definition.graph, state.snapshot), view.key, view.path);
	return (
		<section aria-label="Branches">
			<h3 className="mb-1 text-sm font-semibold">Branches</h3>
			<ul className="divide-y divide-line rounded-card border border-line">
				{branches.map(({ name, output }) => (
					<BranchRow key={name} name={name} output={output} state={state} />
				))}
			</ul>
		</section>
	);
}

interface BranchRowProps {
	readonly name: string;
	readonly output: string | null;
	readonly state: InstanceState;
}

function BranchRow({ name, output, state }: BranchRowProps) {
	const [isOpen, setOpen] = useState(false);
	const { instanceId, runId } = state.snapshot.instance;
	if (output === null) {
		return (
			<li className="flex h-9 items-center gap-2 pr-3 pl-8 text-sm">
				<span className="min-w-0 flex-1 truncate">{name}</span>
				<span className="text-xs text-ink-muted">not ended</span>
			</li>
		);
	}
	return (
		<li>
			<button
				type="button"
				aria-expanded={isOpen}
				onClick={() => setOpen(!isOpen)}
				className="flex h-9 w-full items-center gap-2 px-3 text-left text-sm outline-offset-[-2px] hover:bg-hover"
			>
				<ChevronRight aria-hidden size={13} className={`shrink-0 text-ink-faint ${isOpen ? "rotate-90" : ""}`} />
				<span className="min-w-0 flex-1 truncate">{name}</span>
				<span className="text-xs text-ink-muted">output</span>
			</button>
			{isOpen && (
				<div className="border-t border-line p-3">
					<PayloadViewer title={`Output of ${name}`} instanceId={instanceId} runId={runId} valueRef={output} />
				</div>
			)}
		</li>
	);
}
