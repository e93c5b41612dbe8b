import "./iteration-picker.css";
import type { NodeView } from "@waymark/engine/graph";
import { ChevronLeft, ChevronRight, Lock } from "lucide-react";
import type { MouseEvent } from "react";
import { chooseIteration, iterationChoice } from "../../graph/iteration-choice.ts";
import type { IterationState } from "../../graph/iteration-states.ts";
import { formatCount } from "../../time/format.ts";
import { useCanvas } from "./canvas-context.ts";
import { IterationMenu } from "./iteration-menu.tsx";

interface IterationPickerProps {
	readonly view: NodeView;
	readonly iterations: NonNullable<NodeView["iterations"]>;
}

/** In the header of a loop. The canvas is one tab stop: there `n` opens its list. */
export function IterationPicker({ view, iterations }: IterationPickerProps) {
	const { run, readIterations } = useCanvas();
	return (
		<IterationSteps
			runId={run}
			view={view}
			iterations={iterations}
			tabIndex={-1}
			readStates={() => readIterations(view)}
		/>
	);
}

interface IterationStepsProps extends IterationPickerProps {
	readonly runId: string;
	readonly tabIndex?: number;
	readonly readStates: () => readonly IterationState[];
}

export function IterationSteps({ runId, view, iterations, tabIndex = 0, readStates }: IterationStepsProps) {
	const { shown, begun, max } = iterations;
	const isPinned = iterationChoice(runId).has(view.key);
	const pick = (iteration: number | null) => chooseIteration(runId, view.key, iteration);
	const step = (iteration: number | null, isOff = false) => ({
		type: "button" as const,
		tabIndex,
		"aria-disabled": isOff,
		onClick: (event: MouseEvent) => {
			event.stopPropagation();
			if (!isOff) pick(iteration);
		},
	});
	if (begun === 0)
		return <span className="plan-detail whitespace-nowrap text-ink-muted">up to {formatCount(max)} iterations</span>;
	return (
		<span className="plan-iterations nopan">
			<button {...step(shown - 1, shown === 0)} aria-label="Previous iteration">
				<ChevronLeft aria-hidden size={14} />
			</button>
			<IterationMenu {...{ view, iterations, tabIndex, readStates }} onPick={pick} />
			<button {...step(shown + 1 >= begun - 1 ? null : shown + 1, shown >= begun - 1)} aria-label="Next iteration">
				<ChevronRight aria-hidden size={14} />
			</button>
			{isPinned && (
				<button {...step(null)} aria-label="Follow the latest iteration" title="Held here. Follow the latest iteration">
					<Lock aria-hidden size={12} />
				</button>
			)}
		</span>
	);
}
