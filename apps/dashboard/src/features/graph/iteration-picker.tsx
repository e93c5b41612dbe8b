import "./iteration-picker.css";
import type { NodeView } from "@waymark/engine/graph";
import { ChevronLeft, ChevronRight, Lock } from "lucide-react";
import type { MouseEvent } from "react";
import { chooseIteration, iterationChoice } from "../../graph/iteration-choice.ts";
import { formatCount } from "../../time/format.ts";
import { useCanvas } from "./canvas-context.ts";

interface IterationPickerProps {
	readonly loop: string;
	readonly iterations: NonNullable<NodeView["iterations"]>;
}

/** In the header of a loop, for the mouse alone: the inspector has the same for keyboard and touch. */
export function IterationPicker({ loop, iterations }: IterationPickerProps) {
	const { run } = useCanvas();
	return <IterationSteps runId={run} loop={loop} iterations={iterations} tabIndex={-1} />;
}

interface IterationStepsProps extends IterationPickerProps {
	readonly runId: string;
	readonly tabIndex?: number;
}

export function IterationSteps({ runId, loop, iterations, tabIndex = 0 }: IterationStepsProps) {
	const { shown, begun, max } = iterations;
	const isPinned = iterationChoice(runId).has(loop);
	const pick = (iteration: number | null) => (event: MouseEvent) => {
		event.stopPropagation();
		chooseIteration(runId, loop, iteration);
	};
	if (begun === 0)
		return <span className="plan-detail whitespace-nowrap text-ink-muted">up to {formatCount(max)} iterations</span>;
	const isLatest = shown >= begun - 1;
	return (
		<span className="plan-iterations nopan">
			<button
				type="button"
				tabIndex={tabIndex}
				aria-label="Previous iteration"
				aria-disabled={shown === 0}
				onClick={shown === 0 ? (event) => event.stopPropagation() : pick(shown - 1)}
			>
				<ChevronLeft aria-hidden size={14} />
			</button>
			<span
				className="whitespace-nowrap tabular-nums"
				title={`${loop}[${shown}] in paths, which count from 0. At most ${formatCount(max)} iterations.`}
			>
				iteration {shown + 1} of {begun}
			</span>
			<button
				type="button"
				tabIndex={tabIndex}
				aria-label="Next iteration"
				aria-disabled={isLatest}
				onClick={isLatest ? (event) => event.stopPropagation() : pick(shown + 1 >= begun - 1 ? null : shown + 1)}
			>
				<ChevronRight aria-hidden size={14} />
			</button>
			{isPinned && (
				<button
					type="button"
					tabIndex={tabIndex}
					aria-label="Follow the latest iteration"
					title="Held here. Follow the latest iteration"
					onClick={pick(null)}
				>
					<Lock aria-hidden size={12} />
				</button>
			)}
		</span>
	);
}
