import { Split } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { visibleText } from "../../components/visible-text.ts";
import type { ComparedNode } from "./compare-runs.ts";
import { differenceWords } from "./difference-words.ts";

const FIRST = 6;

interface PartingsProps {
	readonly partings: readonly ComparedNode[];
	onOpen(key: string): void;
}

/** Where one went another way: what to look at first, since the rest mostly follows from it. */
export function Partings({ partings, onOpen }: PartingsProps) {
	const [isWhole, setWhole] = useState(false);
	if (partings.length === 0) return null;
	const shown = isWhole ? partings : partings.slice(0, FIRST);
	return (
		<section
			aria-label="Where they part"
			className="mt-4 flex items-start gap-3 rounded-card border border-line bg-raised px-4 py-3 text-sm"
		>
			<Split aria-hidden size={16} className="mt-0.5 shrink-0 text-ink-muted" />
			<div className="min-w-0 flex-1">
				<h2 className="font-semibold">Where they part</h2>
				<ol className="mt-1 flex flex-col gap-1">
					{shown.map((node) => (
						<li key={node.key} className="wrap-anywhere">
							<button
								type="button"
								onClick={() => onOpen(node.key)}
								className="min-h-6 text-left font-mono text-link text-xs hover:underline"
							>
								{visibleText(node.key)}
							</button>{" "}
							<span className="text-ink-muted">{differenceWords(node).join(", ")}</span>
						</li>
					))}
				</ol>
				{partings.length > shown.length ? (
					<Button variant="ghost" size="sm" className="-ml-2.5" onClick={() => setWhole(true)}>
						Show {partings.length - shown.length} more
					</Button>
				) : null}
			</div>
		</section>
	);
}
