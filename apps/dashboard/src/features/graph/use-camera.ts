import { useReactFlow } from "@xyflow/react";
import { type RefObject, useCallback, useMemo, useRef } from "react";
import { BLOCKS_FROM } from "../../graph/block-paths.ts";
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
	/** Called before more comes into view, with the zoom that is gone to. */
	onFarther: (zoom: number) => void,
): Camera {
	const flow = useReactFlow();
	return useMemo(() => {
		const screen = () => ({
			width: wrapper.current?.clientWidth ?? 1,
			height: wrapper.current?.clientHeight ?? 1,
		});
		// On the way from near to far a large plan would be mounted card by card.
		const duration = () => (geometry.nodes.length >= BLOCKS_FROM ? 0 : motionMs());
		const go = (viewport: Viewport) => void flow.setViewport(viewport, { duration: duration() });
		const prepare = (zoom: number) => {
			if (zoom < flow.getZoom()) onFarther(zoom);
		};
		const zoomTo = (zoom: number) => {
			prepare(zoom);
			void flow.zoomTo(zoom, { duration: duration() });
		};
		return {
			fit() {
				const all = fitAll(geometry.bounds, screen());
				prepare(all.zoom);
				go(all);
			},
			zoomTo,
			zoomBy: (factor) => zoomTo(Math.min(ZOOM.max, Math.max(ZOOM.min, flow.getZoom() * factor))),
			show(key, centre = false) {
				const place = places.get(key);
				if (place === undefined) return;
				const now = flow.getViewport();
				const zoom = centre && now.zoom < ZOOM.readable ? ZOOM.reading : now.zoom;
				if (centre || !isInView(place, now, screen())) go(centreOn(place, geometry.bounds, screen(), zoom));
			},
		};
	}, [flow, geometry, places, wrapper, onFarther]);
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
