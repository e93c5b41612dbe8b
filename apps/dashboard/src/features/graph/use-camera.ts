import { useReactFlow } from "@xyflow/react";
import { type RefObject, useCallback, useMemo, useRef } from "react";
import type { PlanGeometry, Rect } from "../../graph/geometry.ts";
import {
	centreOn,
	type DetailLevel,
	detailLevel,
	fitAll,
	isInView,
	type Viewport,
	ZOOM,
} from "../../graph/viewport.ts";
import { useOnViewport, type ViewportFeed } from "./viewport-feed.ts";

const MOVE_MS = 200;

export interface Camera {
	/** Everything in view. */
	fit(): void;
	zoomTo(zoom: number): void;
	zoomBy(factor: number): void;
	/** Brings a node into view if it is not; with `centre` always. */
	show(key: string, centre?: boolean): void;
}

/** Moves the view, and only when asked to. No animation for those who want none. */
export function useCamera(
	geometry: PlanGeometry,
	places: ReadonlyMap<string, Rect>,
	wrapper: RefObject<HTMLDivElement | null>,
): Camera {
	const flow = useReactFlow();
	return useMemo(() => {
		const screen = () => ({
			width: wrapper.current?.clientWidth ?? 1,
			height: wrapper.current?.clientHeight ?? 1,
		});
		const go = (viewport: Viewport) => void flow.setViewport(viewport, { duration: motionMs() });
		return {
			fit: () => go(fitAll(geometry.bounds, screen())),
			zoomTo: (zoom) => void flow.zoomTo(zoom, { duration: motionMs() }),
			zoomBy: (factor) =>
				void flow.zoomTo(Math.min(ZOOM.max, Math.max(ZOOM.min, flow.getZoom() * factor)), { duration: motionMs() }),
			show(key, centre = false) {
				const place = places.get(key);
				if (place === undefined) return;
				const now = flow.getViewport();
				const zoom = centre && now.zoom < ZOOM.readable ? ZOOM.reading : now.zoom;
				if (centre || !isInView(place, now, screen())) go(centreOn(place, geometry.bounds, screen(), zoom));
			},
		};
	}, [flow, geometry, places, wrapper]);
}

/** Writes the level of detail and the zoom into the wrapper, so that style sheets follow the zoom and no card renders. */
export function useDetailLevel(
	feed: ViewportFeed,
	wrapper: RefObject<HTMLDivElement | null>,
	onZoom: (zoom: number) => void,
	onLevel: (level: DetailLevel) => void,
): (zoom: number) => void {
	const level = useRef<DetailLevel>("full");
	const apply = useCallback(
		(zoom: number) => {
			level.current = detailLevel(zoom, level.current);
			onLevel(level.current);
			if (wrapper.current !== null) wrapper.current.dataset.lod = level.current;
			onZoom(zoom);
		},
		[wrapper, onZoom, onLevel],
	);
	useOnViewport(
		feed,
		useCallback(({ zoom }) => apply(zoom), [apply]),
	);
	return apply;
}

function motionMs(): number {
	return matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : MOVE_MS;
}
