import type { WorkflowGraph } from "@waymark/engine/graph";
import { type EdgeTypes, type NodeMouseHandler, ReactFlow, useReactFlow } from "@xyflow/react";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { BLOCKS_FROM, nodeAt } from "../../graph/block-paths.ts";
import type { Folding } from "../../graph/folding.ts";
import type { Direction, PlanGeometry, Rect } from "../../graph/geometry.ts";
import { type DetailLevel, firstViewport, type Viewport, ZOOM } from "../../graph/viewport.ts";
import { BlockLayer } from "./block-layer.tsx";
import { useBoxLeads } from "./box-leads.ts";
import type { CanvasScope } from "./canvas-context.ts";
import { EdgeLayer } from "./edge-layer.tsx";
import { FollowChip } from "./follow-chip.tsx";
import { Minimap } from "./minimap.tsx";
import { PathLayer } from "./path-layer.tsx";
import { type CanvasNode, NODE_TYPES } from "./plan-nodes.tsx";
import { useRemembered } from "./remembered.ts";
import { SearchBox } from "./search-box.tsx";
import type { StatusFilter } from "./status-filter.ts";
import { toCanvasNodes } from "./to-canvas-nodes.ts";
import { Toolbar } from "./toolbar.tsx";
import { useAnchor } from "./use-anchor.ts";
import { useCamera, useDetailLevel } from "./use-camera.ts";
import { useCanvasKeys } from "./use-canvas-keys.ts";
import { useFold } from "./use-fold.ts";
import { useFollow } from "./use-follow.ts";
import { useLitPath } from "./use-lit-path.ts";
import { usePrintFit } from "./use-print-fit.ts";
import { useViewportFeed } from "./viewport-feed.ts";

const EDGE_TYPES: EdgeTypes = {};
const NO_EDGES: never[] = [];
const NO_NODES: CanvasNode[] = [];
const PRO_OPTIONS = { hideAttribution: true };

interface StageProps {
	readonly scope: CanvasScope;
	readonly graph: WorkflowGraph;
	readonly hash: string;
	readonly geometry: PlanGeometry;
	readonly places: ReadonlyMap<string, Rect>;
	readonly folding: Folding;
	readonly wrapper: RefObject<HTMLDivElement | null>;
	readonly first: Viewport;
	readonly direction: Direction;
	readonly isOver: boolean;
	readonly filter: StatusFilter;
	/** Key of the card that shows the selected node. */
	readonly selected: string | null;
	readonly onSelect: (key: string | null) => void;
	/** Makes a node drawn by itself, whatever it is folded into. */
	readonly onReveal: (key: string) => void;
	readonly onDirection: (direction: Direction) => void;
}

/** The canvas with all that lies on it, and all that moves it. */
export function Stage(props: StageProps) {
	const { scope, graph, hash, geometry, places, folding, wrapper, first, direction, isOver, filter } = props;
	const { selected, onSelect, onReveal, onDirection } = props;
	const nodes = useMemo(() => toCanvasNodes(geometry), [geometry]);
	const [level, setLevel] = useState<DetailLevel>("full");
	const asBlocks = level === "block" && geometry.nodes.length + geometry.groups.length >= BLOCKS_FROM;
	const flow = useReactFlow();
	const feed = useViewportFeed();
	useBoxLeads(feed, places, wrapper);
	const anchor = useRef<readonly string[]>([]);
	const zoomText = useRef<HTMLSpanElement>(null);
	const showZoom = useCallback((zoom: number) => {
		if (zoomText.current !== null) zoomText.current.textContent = `${Math.round(zoom * 100)} %`;
	}, []);
	const applyZoom = useDetailLevel(feed, wrapper, showZoom, setLevel);
	useLayoutEffect(() => applyZoom(first.zoom), [applyZoom, first]);
	usePrintFit(geometry.bounds, wrapper, geometry.nodes.length + geometry.groups.length < BLOCKS_FROM, applyZoom);
	// Before, not after: React Flow would mount every card of a large plan that is seen whole, to drop them at once.
	const prepare = useCallback((zoom: number) => flushSync(() => applyZoom(zoom)), [applyZoom]);
	const camera = useCamera(geometry, places, wrapper, prepare);
	const { follow, toggle: toggleFollow, pause } = useFollow(scope, folding, camera, isOver);
	const [map, setMap] = useRemembered("minimap", ["shown", "hidden"], "shown");
	const live = useRef<HTMLDivElement>(null);
	const search = useRef<HTMLInputElement>(null);
	const pane = useRef<HTMLDivElement>(null);
	const say = useCallback((text: string) => {
		if (live.current !== null) live.current.textContent = text;
	}, []);
	const fold = useFold({ graph, hash, folding, geometry, scope, anchor, onSelect, say });
	useLitPath(graph, folding, scope);
	useAnchor(places, wrapper, anchor);
	useTurn(direction, () => {
		const element = wrapper.current;
		if (element === null) return;
		const screen = { width: element.clientWidth, height: element.clientHeight };
		const at = scope.focus.focused() ?? selected;
		void flow.setViewport(firstViewport(geometry.bounds, screen, (at === null ? undefined : places.get(at)) ?? null));
	});
	/** Goes to a node, also to one that is folded away: the camera moves once it has a card. */
	const wanted = useRef<string | null>(null);
	const goTo = useCallback(
		(key: string) => {
			wanted.current = key;
			if (folding.hiddenBy.has(key)) onReveal(key);
			else arrive(key);
			function arrive(card: string) {
				wanted.current = null;
				scope.focus.focus(card);
				camera.show(card, true);
			}
		},
		[folding, onReveal, scope, camera],
	);
	useEffect(() => {
		const key = wanted.current;
		if (key !== null && !folding.hiddenBy.has(key)) goTo(key);
	}, [folding, goTo]);
	const shown = useRef(selected);
	useEffect(() => {
		if (selected !== null && selected !== shown.current) camera.show(selected);
		shown.current = selected;
	}, [selected, camera]);
	const onKeyDown = useCanvasKeys({
		graph,
		folding,
		geometry,
		scope,
		camera,
		fold,
		onSelect,
		onGo: goTo,
		onToggleFollow: toggleFollow,
		onIterations: (loop) => {
			const menu = wrapper.current?.querySelector<HTMLElement>(`[data-iterations="${CSS.escape(loop)}"]`);
			menu?.click();
			return menu != null;
		},
		onSearch: () => search.current?.focus(),
		say,
	});
	const onNodeClick = useCallback<NodeMouseHandler<CanvasNode>>(
		(event, node) => {
			const sign = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-fold]") : null;
			const group = sign?.dataset.fold;
			if (group !== undefined) fold.toggle(group);
			else if (node.type === "folded") onSelect(node.data.plan.owner);
			else if (node.type !== "caption" && node.type !== "mark") onSelect(node.id);
		},
		[onSelect, fold],
	);
	const onPaneClick = useCallback(
		(event: React.MouseEvent) => {
			const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
			const hit = asBlocks ? nodeAt([...geometry.boxes, ...geometry.groups, ...geometry.nodes], at) : null;
			onSelect(geometry.groups.find(({ key }) => key === hit)?.owner ?? hit);
		},
		[flow, geometry, asBlocks, onSelect],
	);
	const onNodeDoubleClick = useCallback<NodeMouseHandler<CanvasNode>>((_, { id }) => camera.show(id, true), [camera]);
	const onNodeMouseEnter = useCallback<NodeMouseHandler<CanvasNode>>(
		(_, { id, type }) => {
			if (type === "card" || type === "pill" || type === "folded") scope.focus.hover(id);
		},
		[scope],
	);
	const onNodeMouseLeave = useCallback(() => scope.focus.hover(null), [scope]);
	return (
		<>
			<ReactFlow<CanvasNode>
				ref={pane}
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
				panActivationKeyCode={null}
				disableKeyboardA11y
				tabIndex={0}
				aria-label="Graph. Arrow keys walk along the plan, Enter inspects, Space folds, F goes to a failure, R to what runs, slash searches."
				onKeyDown={onKeyDown}
				onNodeClick={onNodeClick}
				onNodeDoubleClick={onNodeDoubleClick}
				onNodeMouseEnter={onNodeMouseEnter}
				onNodeMouseLeave={onNodeMouseLeave}
				onPaneClick={onPaneClick}
				onMoveStart={(event) => {
					if (event !== null) pause();
				}}
				onInit={() => wrapper.current?.setAttribute("data-graph-ready", "")}
			>
				<EdgeLayer geometry={geometry} />
				<PathLayer geometry={geometry} graph={graph} folding={folding} />
				{asBlocks && <BlockLayer geometry={geometry} />}
			</ReactFlow>
			<SearchBox
				input={search}
				onGo={(key) => {
					goTo(key);
					say("");
				}}
				onLeave={() => pane.current?.focus()}
			/>
			{follow === "paused" && <FollowChip onResume={toggleFollow} />}
			{map === "shown" && <Minimap geometry={geometry} wrapper={wrapper} feed={feed} />}
			<Toolbar
				{...{ camera, zoomText, direction, onDirection, filter }}
				follow={isOver ? null : follow}
				onFollow={toggleFollow}
				isMapShown={map === "shown"}
				onMap={() => setMap(map === "shown" ? "hidden" : "shown")}
				isPlan={scope.plan !== null}
			/>
			<div ref={live} className="sr-only" aria-live="polite" />
		</>
	);
}

/** Calls back when the plan was turned. */
function useTurn(direction: Direction, onTurn: () => void): void {
	const last = useRef(direction);
	useLayoutEffect(() => {
		if (last.current === direction) return;
		last.current = direction;
		onTurn();
	});
}
