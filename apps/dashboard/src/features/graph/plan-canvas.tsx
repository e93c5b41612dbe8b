"use client";

import "@xyflow/react/dist/base.css";
import "./graph.css";
import "./graph-panels.css";
import "./plan-nodes.css";
import "./definition.css";
import type { NodeView, WorkflowGraph } from "@waymark/engine/graph";
import { ReactFlowProvider } from "@xyflow/react";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { cardFor } from "../../graph/folding.ts";
import { summarise } from "../../graph/group-summary.ts";
import { firstInteresting } from "../../graph/interesting.ts";
import { layoutGraph } from "../../graph/layout.ts";
import { cardKey } from "../../graph/navigation.ts";
import { createNodeStore } from "../../graph/node-store.ts";
import { firstViewport, type Viewport } from "../../graph/viewport.ts";
import { CanvasContext, type CanvasScope } from "./canvas-context.ts";
import { describeGraph, describePlan } from "./describe.ts";
import { createFocusStore } from "./focus-store.ts";
import { failureShares, hottest } from "./heat.ts";
import { placesOf } from "./places.ts";
import { useRemembered } from "./remembered.ts";
import { Stage } from "./stage.tsx";
import type { StatusFilter } from "./status-filter.ts";
import { useFolding } from "./use-folding.ts";

export interface PlanCanvasProps {
	/** What is drawn: a run, or a definition by itself. Another one needs another canvas. */
	readonly run: string;
	readonly hash: string;
	readonly graph: WorkflowGraph;
	readonly views: ReadonlyMap<string, NodeView>;
	/** Not null: a definition without an instance. */
	readonly plan: CanvasScope["plan"];
	/** The same function for as long as the canvas is. */
	readonly readIterations: CanvasScope["readIterations"];
	readonly version: number;
	/** Nothing more will happen. */
	readonly isOver: boolean;
	readonly filter: StatusFilter;
	readonly selectedKey: string | null;
	readonly onSelect: (key: string | null) => void;
}

export function PlanCanvas(props: PlanCanvasProps) {
	return (
		<ReactFlowProvider>
			<Plan {...props} />
		</ReactFlowProvider>
	);
}

function Plan(props: PlanCanvasProps) {
	const { run, hash, graph, views, plan, readIterations, version, isOver, filter, selectedKey, onSelect } = props;
	const [direction, setDirection] = useRemembered("direction", ["right", "down"], "right");
	/** A node that was gone to, though it may be folded away. */
	const [revealed, setRevealed] = useState<string | null>(null);
	const selectedNode = selectedKey === null ? null : cardKey(graph, selectedKey);
	const keep = useMemo(() => [selectedNode, revealed].filter((key) => key !== null), [selectedNode, revealed]);
	const heat = useMemo(() => failureShares(plan?.heat ?? null), [plan]);
	const hot = hottest(heat);
	const hotNode = hot === null ? null : cardKey(graph, hot);
	const folding = useFolding({ run, hash, graph, views, keep, heat });
	const geometry = useMemo(() => layoutGraph(graph, folding, direction), [graph, folding, direction]);
	const places = useMemo(() => placesOf(geometry), [geometry]);
	const summaries = useMemo(() => summarise(folding.hiddenBy, views), [folding, views]);
	const [stores] = useState(() => ({
		nodes: createNodeStore(views),
		groups: createNodeStore(summaries),
		focus: createFocusStore(),
	}));
	const scope = useMemo<CanvasScope>(
		() => ({ run, plan, readIterations, ...stores }),
		[run, plan, readIterations, stores],
	);
	useLayoutEffect(() => {
		stores.nodes.update(views);
		stores.groups.update(summaries);
	}, [stores, views, summaries]);
	const selected = selectedNode === null ? null : cardFor(folding, selectedNode);
	useLayoutEffect(() => {
		stores.focus.select(selected);
		stores.focus.focus(null);
	}, [stores, selected]);
	const wrapper = useRef<HTMLDivElement>(null);
	const [first, setFirst] = useState<Viewport | null>(null);
	useLayoutEffect(() => {
		const element = wrapper.current;
		if (element === null || first !== null) return undefined;
		const measure = () => {
			if (element.clientWidth === 0 || element.clientHeight === 0) return;
			const wanted = selectedNode ?? hotNode ?? firstInteresting(stores.nodes.views());
			const place = wanted === null ? undefined : places.get(cardFor(folding, wanted));
			const screen = { width: element.clientWidth, height: element.clientHeight };
			setFirst(firstViewport(geometry.bounds, screen, place ?? null));
		};
		measure();
		const observer = new ResizeObserver(measure);
		observer.observe(element);
		return () => observer.disconnect();
	}, [first, geometry, places, folding, stores, selectedNode, hotNode]);
	return (
		<CanvasContext value={scope}>
			<section
				ref={wrapper}
				className="plan-canvas"
				aria-label={plan === null ? describeGraph(views, isOver) : describePlan(views)}
				data-version={version}
				data-plan={plan === null ? undefined : ""}
				data-filter={filter.looks.length === 0 ? undefined : filter.looks.join(" ")}
			>
				{first !== null && (
					<Stage
						{...{ scope, graph, hash, geometry, places, folding, wrapper, first, direction, isOver, filter }}
						selected={selected}
						onSelect={onSelect}
						onReveal={setRevealed}
						onDirection={setDirection}
					/>
				)}
			</section>
		</CanvasContext>
	);
}
