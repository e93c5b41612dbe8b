import type { GraphEntry } from "@waymark/engine/graph";
import { useMemo } from "react";
import { CopyButton } from "../../components/copy-button.tsx";
import { Facts } from "./facts.tsx";

interface DefinitionTabProps {
	readonly entry: GraphEntry;
	readonly workflow: string;
	readonly hash: string;
}

/** The continuation as it is stored; what lies inside it is left out. */
export function DefinitionTab({ entry, workflow, hash }: DefinitionTabProps) {
	const text = useMemo(
		() => JSON.stringify(entry.role === "join" ? joinOf(entry) : entry.node, withoutScopes, 2),
		[entry],
	);
	return (
		<div className="flex flex-col gap-4">
			<Facts
				facts={[
					["Workflow", workflow],
					[
						"Definition hash",
						<code key="hash" className="font-mono text-xs [overflow-wrap:anywhere]">
							{hash}
						</code>,
					],
					[
						"Definition path",
						<code key="path" className="font-mono text-xs [overflow-wrap:anywhere]">
							{entry.key}
						</code>,
					],
				]}
			/>
			<div className="relative rounded-card border border-line bg-canvas">
				<span className="absolute top-1 right-1">
					<CopyButton text={text} label="Copy definition" />
				</span>
				<pre className="overflow-x-auto p-3 font-mono text-xs leading-[18px]">{text}</pre>
			</div>
		</div>
	);
}

function joinOf(entry: GraphEntry): unknown {
	return entry.node.kind === "fork" ? { kind: "join", fork: entry.node.id, ...entry.node.join } : entry.node;
}

function withoutScopes(field: string, value: unknown): unknown {
	if (field !== "scope" || !Array.isArray(value)) return value;
	return `${value.length} ${value.length === 1 ? "continuation" : "continuations"}`;
}
