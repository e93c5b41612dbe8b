"use client";

import "@xyflow/react/dist/base.css";
import "./graph.css";
import "./plan-nodes.css";
import { type EdgeTypes, type NodeMouseHandler, ReactFlow, ReactFlowProvider, useReactFlow } from "@xyflow/react";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { BLOCKS_FROM, nodeAt } from "../../graph/block-paths.ts";
import type { PlanGeometry } from "../../graph/geometry.ts";
import { firstInteresting } from "../../graph/interesting.ts";
import { layoutGraph } from "../../graph/layout.ts";
import { cardKey } from "../../graph/navigation.ts";
import { createNodeStore } from "../../graph/node-store.ts";
import { type DetailLevel, firstViewport, type Viewport, ZOOM } from "../../graph/viewport.ts";
import { BlockLayer } from "./block-layer.tsx";
import { CanvasContext, type CanvasScope } from "./canvas-context.ts";
import { describeGraph } from "./describe.ts";
import { EdgeLayer } from "./edge-layer.tsx";
import { createFocusStore } from "./focus-store.ts";
import type { InstanceGraphProps } from "./instance-graph.tsx";
import { type CanvasNode, NODE_TYPES } from "./plan-nodes.tsx";
import { toCanvasNodes } from "./to-canvas-nodes.ts";
import { Toolbar } from "./toolbar.tsx";
import { useCamera, useDetailLevel } from "./use-camera.ts";
import { useCanvasKeys } from "./use-canvas-keys.ts";
import { useFollow } from "./use-follow.ts";
import { useNodeViews } from "./use-node-views.ts";

const EDGE_TYPES: EdgeTypes = {};
const NO_EDGES: never[] = [];
const NO_NODES: CanvasNode[] = [];
const PRO_OPTIONS = { hideAttribution: true };

/** The graph of one run. Another run is another canvas: nothing of the one before shows for a moment. */
export default function Canvas(props: InstanceGraphProps) {
	return (
		<ReactFlowProvider key={props.state.snapshot.instance.runId}>
			<Plan {...props} />
		</ReactFlowProvider>
	);
}

function Plan({ state, selectedKey, onSelect }: InstanceGraphProps) {
	const { snapshot, definition } = state;
	const geometry = useMemo(() => layoutGraph(definition.graph), [definition.graph]);
	const views = useNodeViews(state);
	const [scope] = useState<CanvasScope>(() => ({
		runId: snapshot.instance.runId,
		nodes: createNodeStore(views),
		focus: createFocusStore(),
	}));
	useLayoutEffect(() => scope.nodes.update(views), [scope, views]);
	const selected = selectedKey === null ? null : cardKey(definition.graph, selectedKey);
	useLayoutEffect(() => {
		scope.focus.select(selected);
		scope.focus.focus(null);
	}, [scope, selected]);
	const wrapper = useRef<HTMLDivElement>(null);
	const [first, setFirst] = useState<Viewport | null>(null);
	useLayoutEffect(() => {
		const element = wrapper.current;
		if (element === null || first !== null) return undefined;
		const measure = () => {
			if (element.clientWidth === 0 || element.clientHeight === 0) return;
			const wanted = selected ?? firstInteresting(scope.nodes.views());
			const place = [...geometry.nodes, ...geometry.boxes].find(({ key }) => key === wanted);
			const screen = { width: element.clientWidth, height: element.clientHeight };
			setFirst(firstViewport(geometry.bounds, screen, place ?? null));
		};
		measure();
		const observer = new ResizeObserver(measure);
		observer.observe(element);
		return () => observer.disconnect();
	}, [first, geometry, scope, selected]);
	return (
		<CanvasContext value={scope}>
			<section
				ref={wrapper}
				className="plan-canvas"
				aria-label={describeGraph(views)}
				data-version={snapshot.instance.version}
			>
				{first !== null && (
					<Stage {...{ geometry, scope, wrapper, selected, onSelect }} first={first} graph={definition.graph} />
				)}
			</section>
		</CanvasContext>
	);
}

interface StageProps {
	readonly geometry: PlanGeometry;
	readonly scope: CanvasScope;
	readonly graph: InstanceGraphProps["state"]["definition"]["graph"];
	readonly wrapper: React.RefObject<HTMLDivElement | null>;
	readonly first: Viewport;
	readonly selected: string | null;
	readonly onSelect: (key: string | null) => void;
}

function Stage({ geometry, scope, graph, wrapper, first, selected, onSelect }: StageProps) {
	const nodes = useMemo(() => toCanvasNodes(geometry), [geometry]);
	const [level, setLevel] = useState<DetailLevel>("full");
	const asBlocks = level === "block" && geometry.nodes.length >= BLOCKS_FROM;
	const flow = useReactFlow();
	const camera = useCamera(geometry, wrapper);
	const { follow, toggle, pause } = useFollow(scope, camera);
	const zoomText = useRef<HTMLSpanElement>(null);
	const live = useRef<HTMLDivElement>(null);
	const showZoom = useCallback((zoom: number) => {
		if (zoomText.current !== null) zoomText.current.textContent = `${Math.round(zoom * 100)} %`;
	}, []);
	const applyZoom = useDetailLevel(wrapper, showZoom, setLevel);
	useLayoutEffect(() => applyZoom(first.zoom), [applyZoom, first]);
	const shown = useRef(selected);
	useEffect(() => {
		if (selected !== null && selected !== shown.current) camera.show(selected);
		shown.current = selected;
	}, [selected, camera]);
	const say = useCallback((text: string) => {
		if (live.current !== null) live.current.textContent = text;
	}, []);
	const onKeyDown = useCanvasKeys({ graph, scope, camera, onSelect, onToggleFollow: toggle, say });
	const onNodeClick = useCallback<NodeMouseHandler<CanvasNode>>(
		(_, { id, type }) => {
			if (type !== "caption" && type !== "mark") onSelect(id);
		},
		[onSelect],
	);
	const onPaneClick = useCallback(
		(event: React.MouseEvent) => {
			const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
			onSelect(asBlocks ? nodeAt([...geometry.boxes, ...geometry.nodes], at) : null);
		},
		[flow, geometry, asBlocks, onSelect],
	);
	const onNodeDoubleClick = useCallback<NodeMouseHandler<CanvasNode>>((_, { id }) => camera.show(id, true), [camera]);
	return (
		<>
			<ReactFlow<CanvasNode>
				className="plan-flow"
				nodes={asBlocks ? NO_NODES : nodes}
				edges={NO_EDGES}
				nodeTypes={NODE_TYPES}
				edgeTypes={EDGE_TYPES}
				proOptions={PRO_OPTIONS}
				defaultViewport={first}
				minZoom={ZOOM.min}
				maxZoom={ZOOM.max}
				onlyRenderVisibleElements
				nodesDraggable={false}
				nodesConnectable={false}
				nodesFocusable={false}
				edgesFocusable={false}
				elementsSelectable={false}
				elevateNodesOnSelect={false}
				zoomOnDoubleClick={false}
				panOnScroll
				deleteKeyCode={null}
				selectionKeyCode={null}
				disableKeyboardA11y
				tabIndex={0}
				aria-label="Graph. Arrow keys walk along the plan, Enter inspects, F goes to a failure, R to what runs."
				onKeyDown={onKeyDown}
				onNodeClick={onNodeClick}
				onNodeDoubleClick={onNodeDoubleClick}
				onPaneClick={onPaneClick}
				onMoveStart={(event) => {
					if (event !== null) pause();
				}}
				onInit={() => wrapper.current?.setAttribute("data-graph-ready", "")}
			>
				<EdgeLayer geometry={geometry} />
				{asBlocks && <BlockLayer geometry={geometry} />}
			</ReactFlow>
			<Toolbar camera={camera} zoomText={zoomText} follow={follow} onFollow={toggle} />
			<div ref={live} className="sr-only" aria-live="polite" />
		</>
	);
}
