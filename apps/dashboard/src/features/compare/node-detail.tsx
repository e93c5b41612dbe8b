"use client";

import { ArrowRight } from "lucide-react";
import Link from "next/link";
import { inputRef, recorded } from "../../graph/input-ref.ts";
import { showsInside } from "../../graph/interesting.ts";
import type { InstanceState } from "../../server/wire.ts";
import { useDenial } from "../access/access-provider.tsx";
import { HiddenNote } from "../access/hidden-note.tsx";
import { ErrorCard } from "../inspector/error-card.tsx";
import { whySentence } from "../inspector/why-sentence.ts";
import { PayloadDiff, PayloadViewer, type ValueAddress } from "../payload/index.ts";
import type { ComparedNode } from "./compare-runs.ts";
import type { NodeOfRun } from "./observe-run.ts";
import { type Side, SideMark } from "./side-mark.tsx";

interface NodeDetailProps {
	readonly node: ComparedNode;
	readonly a: InstanceState;
	readonly b: InstanceState;
}

/** What a node was given and what it made of it, in both. Of a node in a loop it is the latest iteration. */
export function NodeDetail({ node, a, b }: NodeDetailProps) {
	const hidden = useDenial("data");
	const inputs = [inputOf(node.a, a), inputOf(node.b, b)] as const;
	const outputs = [outputOf(node.a, a), outputOf(node.b, b)] as const;
	return (
		<div data-detail={node.key} className="flex flex-col gap-4 py-3">
			<div className="grid gap-4 md:grid-cols-2">
				<InRun side="A" node={node.a} state={a} output={hidden === null ? outputs[0] : null} />
				<InRun side="B" node={node.b} state={b} output={hidden === null ? outputs[1] : null} />
			</div>
			{hidden === null ? (
				<>
					<Between title="Its input, from A to B" what="input" values={inputs} />
					<Between title="Its output, from A to B" what="output" values={outputs} />
				</>
			) : (
				<HiddenNote text={`Inputs and outputs are hidden. ${hidden}`} />
			)}
		</div>
	);
}

interface InRunProps {
	readonly side: Side;
	readonly node: NodeOfRun | null;
	readonly state: InstanceState;
	readonly output: ValueAddress | null;
}

function InRun({ side, node, state, output }: InRunProps) {
	const { instance } = state.snapshot;
	return (
		<section
			aria-label={`In run ${side}`}
			className="flex min-w-0 flex-col gap-2 rounded-card border border-line bg-page p-3"
		>
			<div className="flex items-start gap-2 text-sm">
				<SideMark side={side} />
				<p className="min-w-0 flex-1">
					{node === null ? "Its version of the plan does not have this node." : whySentence(node.view, instance)}
					{node?.view.path.includes("[") ? (
						<code className="block text-ink-muted text-xs wrap-anywhere">{node.view.path}</code>
					) : null}
				</p>
				{node === null ? null : (
					<Link
						href={`/instances/${encodeURIComponent(instance.instanceId)}?node=${encodeURIComponent(node.view.key)}`}
						prefetch={false}
						className="inline-flex min-h-6 shrink-0 items-center gap-1 text-link text-xs hover:underline"
					>
						Open<span className="sr-only"> in run {side}</span> <ArrowRight aria-hidden size={12} />
					</Link>
				)}
			</div>
			{node === null || node.view.error === null || showsInside(node.view) ? null : (
				<ErrorCard
					error={node.view.error}
					{...(node.view.state === "failed" ? {} : { title: "An attempt before failed with" })}
				/>
			)}
			{output === null ? null : <PayloadViewer title={`Output in run ${side}`} {...output} />}
		</section>
	);
}

interface BetweenProps {
	readonly title: string;
	readonly what: "input" | "output";
	readonly values: readonly [ValueAddress | null, ValueAddress | null];
}

function Between({ title, what, values: [before, after] }: BetweenProps) {
	if (before === null || after === null) return null;
	return (
		<section aria-label={title} className="flex min-w-0 flex-col gap-2">
			<h3 className="font-medium text-sm">{title}</h3>
			<PayloadDiff
				before={before}
				after={after}
				between={{ same: `The ${what} is the same in both`, way: "from A to B" }}
			/>
		</section>
	);
}

function inputOf(node: NodeOfRun | null, { definition, snapshot }: InstanceState): ValueAddress | null {
	if (node === null || node.view.state === "pending" || node.view.state === "skipped") return null;
	return addressOf(snapshot, inputRef(recorded(definition.graph, snapshot), node.view.path));
}

function outputOf(node: NodeOfRun | null, { definition, snapshot }: InstanceState): ValueAddress | null {
	if (node === null || node.view.kind === "fork") return null;
	return addressOf(snapshot, recorded(definition.graph, snapshot).outputs.get(node.view.path) ?? null);
}

function addressOf(
	{ instance: { instanceId, runId } }: InstanceState["snapshot"],
	valueRef: ValueAddress["valueRef"] | null,
): ValueAddress | null {
	return valueRef === null ? null : { instanceId, runId, valueRef };
}
