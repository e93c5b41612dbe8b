import { useReactFlow } from "@xyflow/react";
import { memo, type PointerEvent, type RefObject, useCallback, useEffect, useRef } from "react";
import { nodeStatus } from "../../components/status-table.ts";
import type { PlanGeometry } from "../../graph/geometry.ts";
import type { Viewport } from "../../graph/viewport.ts";
import { useCanvas } from "./canvas-context.ts";
import { useOnViewport, type ViewportFeed } from "./viewport-feed.ts";

const WIDTH = 160;
const HEIGHT = 100;
/** A card is never drawn smaller than this, or a large plan would look empty. */
const LEAST_PX = 1.2;
const REDRAW_MS = 200;

interface MinimapProps {
	readonly geometry: PlanGeometry;
	readonly wrapper: RefObject<HTMLDivElement | null>;
	readonly feed: ViewportFeed;
}

/** The whole plan on one small canvas, in the colours of its states, and what of it is in view. For the mouse: the keyboard has 0 and the arrows. */
export const Minimap = memo(function Minimap({ geometry, wrapper, feed }: MinimapProps) {
	const { nodes, groups } = useCanvas();
	const flow = useReactFlow();
	const canvas = useRef<HTMLCanvasElement>(null);
	const frame = useRef<HTMLDivElement>(null);
	const { bounds } = geometry;
	const scale = Math.min(WIDTH / bounds.width, HEIGHT / bounds.height);
	const left = (WIDTH - bounds.width * scale) / 2 - bounds.x * scale;
	const top = (HEIGHT - bounds.height * scale) / 2 - bounds.y * scale;

	useEffect(() => {
		let timer: ReturnType<typeof setTimeout> | undefined;
		const draw = () => {
			timer = undefined;
			if (canvas.current !== null) paint(canvas.current, geometry, lookOf, { scale, left, top });
		};
		const lookOf = (key: string) => nodeStatus(nodes.get(key)?.state ?? groups.get(key)?.state ?? "pending").look;
		const later = () => {
			timer ??= setTimeout(draw, REDRAW_MS);
		};
		draw();
		const ends = [nodes.subscribeAll(later), groups.subscribeAll(later)];
		const theme = new MutationObserver(later);
		theme.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "class"] });
		const dark = matchMedia("(prefers-color-scheme: dark)");
		dark.addEventListener("change", later);
		return () => {
			clearTimeout(timer);
			for (const end of ends) end();
			theme.disconnect();
			dark.removeEventListener("change", later);
		};
	}, [geometry, nodes, groups, scale, left, top]);

	const place = useCallback(
		({ x, y, zoom }: Viewport) => {
			const element = frame.current;
			const screen = wrapper.current;
			if (element === null || screen === null) return;
			const isAll =
				x >= -bounds.x * zoom - 1 &&
				y >= -bounds.y * zoom - 1 &&
				x + (bounds.x + bounds.width) * zoom <= screen.clientWidth + 1 &&
				y + (bounds.y + bounds.height) * zoom <= screen.clientHeight + 1;
			// A map of what is in view already would only be in the way.
			if (element.parentElement !== null) element.parentElement.style.visibility = isAll ? "hidden" : "visible";
			screen.toggleAttribute("data-all-in-view", isAll);
			element.style.transform = `translate(${left - (x / zoom) * scale}px, ${top - (y / zoom) * scale}px)`;
			element.style.width = `${(screen.clientWidth / zoom) * scale}px`;
			element.style.height = `${(screen.clientHeight / zoom) * scale}px`;
		},
		[wrapper, bounds, scale, left, top],
	);
	useEffect(() => place(flow.getViewport()), [place, flow]);
	useOnViewport(feed, place);

	const goTo = (event: PointerEvent<HTMLDivElement>) => {
		if (event.buttons !== 1) return;
		const rect = event.currentTarget.getBoundingClientRect();
		const { zoom } = flow.getViewport();
		const at = { x: (event.clientX - rect.left - left) / scale, y: (event.clientY - rect.top - top) / scale };
		const screen = wrapper.current;
		if (screen === null) return;
		void flow.setViewport({ x: screen.clientWidth / 2 - at.x * zoom, y: screen.clientHeight / 2 - at.y * zoom, zoom });
	};
	return (
		<div
			aria-hidden
			className="plan-minimap"
			onPointerDown={(event) => {
				event.currentTarget.setPointerCapture(event.pointerId);
				goTo(event);
			}}
			onPointerMove={goTo}
		>
			<canvas ref={canvas} />
			<div ref={frame} className="plan-minimap-frame" />
		</div>
	);
});

interface Fit {
	readonly scale: number;
	readonly left: number;
	readonly top: number;
}

function paint(
	canvas: HTMLCanvasElement,
	{ nodes, groups, boxes }: PlanGeometry,
	lookOf: (key: string) => string,
	{ scale, left, top }: Fit,
): void {
	const ratio = globalThis.devicePixelRatio || 1;
	canvas.width = WIDTH * ratio;
	canvas.height = HEIGHT * ratio;
	const context = canvas.getContext("2d");
	if (context === null) return;
	context.setTransform(ratio, 0, 0, ratio, 0, 0);
	const style = getComputedStyle(canvas);
	const colours = new Map<string, string>();
	// light-dark() is resolved only where a colour is used, so it is asked of an element that uses it.
	const probe = canvas.parentElement?.appendChild(document.createElement("span"));
	const colourOf = (name: string) => {
		let found = colours.get(name);
		if (found === undefined) {
			if (probe !== undefined) probe.style.color = `var(--${name})`;
			found = probe === undefined ? style.color : getComputedStyle(probe).color;
			colours.set(name, found);
		}
		return found;
	};
	context.strokeStyle = colourOf("line-strong");
	context.lineWidth = 0.5;
	for (const { x, y, width, height } of boxes)
		context.strokeRect(left + x * scale, top + y * scale, width * scale, height * scale);
	for (const { key, x, y, width, height } of [...nodes, ...groups]) {
		context.fillStyle = colourOf(`status-${lookOf(key)}-solid`);
		context.fillRect(
			left + x * scale,
			top + y * scale,
			Math.max(width * scale, LEAST_PX),
			Math.max(height * scale, LEAST_PX),
		);
	}
	probe?.remove();
}
