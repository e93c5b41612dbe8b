"use client";

import type { NodeView } from "@waymark/engine/graph";
import { useMemo } from "react";
import { NODE_STATE_ORDER } from "../../graph/interesting.ts";
import { chooseIteration, iterationChoice } from "../../graph/iteration-choice.ts";
import { iterationStates } from "../../graph/iteration-states.ts";
import { laneStands } from "../../graph/lane-states.ts";
import type { InstanceState } from "../../server/wire.ts";
import { useNodeViews } from "../graph/use-node-views.ts";
import { PickList } from "./pick-list.tsx";

interface GroupListProps {
	readonly state: InstanceState;
	readonly view: NodeView;
}

/** Every branch of a fork, or case of a route, with how it stands; one of them leads to the node that matters in it. */
export function LaneList({ state, view, onNode }: GroupListProps & { onNode(key: string): void }) {
	const views = useNodeViews(state);
	const { graph } = state.definition;
	const lanes = useMemo(() => laneStands(graph, views, view.key), [graph, views, view.key]);
	// What asks for attention comes first; among equals the definition decides.
	const inOrder = lanes.toSorted((a, b) => NODE_STATE_ORDER.indexOf(a.state) - NODE_STATE_ORDER.indexOf(b.state));
	const rows = inOrder.map(({ name, state }) => ({
		id: name,
		name,
		state,
		note: view.chosen === name ? "chosen" : null,
		hasFailed: state === "failed",
		isCurrent: view.chosen === name,
	}));
	const isFork = view.kind === "fork";
	return (
		<PickList
			title={isFork ? "Branches" : "Cases"}
			what={isFork ? "branch" : "case"}
			rows={rows}
			onPick={(name) => {
				const key = lanes.find((lane) => lane.name === name)?.key ?? null;
				if (key !== null) onNode(key);
			}}
		/>
	);
}

/** Every iteration of a loop; one of them is shown instead of the latest. */
export function IterationList({ state, view }: GroupListProps) {
	const { snapshot } = state;
	const { runId } = snapshot.instance;
	const { shown = 0, begun = 0 } = view.iterations ?? {};
	const iterations = useMemo(() => iterationStates(snapshot, view.path, begun), [snapshot, view.path, begun]);
	const isPinned = iterationChoice(runId).has(view.key);
	const rows = iterations.toReversed().map(({ iteration, state, failures }) => ({
		id: String(iteration),
		name: `iteration ${iteration}`,
		state,
		note: failures === 0 ? null : `${failures} failed ${failures === 1 ? "attempt" : "attempts"}`,
		hasFailed: failures > 0,
		isCurrent: iteration === shown,
	}));
	return (
		<>
			<PickList
				title="Iterations"
				what="iteration"
				rows={rows}
				onPick={(id) => chooseIteration(runId, view.key, Number(id))}
			/>
			{isPinned && (
				<p className="text-ink-muted text-xs">Held at iteration {shown}. The lock above follows the latest again.</p>
			)}
		</>
	);
}
