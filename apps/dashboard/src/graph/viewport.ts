import type { Point, Rect } from "./geometry.ts";

/** Pan and zoom of the canvas: screen = canvas × zoom + (x, y). All pure. */
export interface Viewport extends Point {
	readonly zoom: number;
}

export interface Extent {
	readonly width: number;
	readonly height: number;
}

export const ZOOM = { min: 0.05, max: 1.5, readable: 0.6, reading: 0.85 } as const;
const MARGIN = 40;

/** Everything in view, never enlarged. */
export function fitAll(bounds: Rect, screen: Extent): Viewport {
	const across = (screen.width - 2 * MARGIN) / bounds.width;
	const down = (screen.height - 2 * MARGIN) / bounds.height;
	const zoom = Math.min(1, Math.max(ZOOM.min, Math.min(across, down)));
	return {
		x: (screen.width - bounds.width * zoom) / 2 - bounds.x * zoom,
		y: (screen.height - bounds.height * zoom) / 2 - bounds.y * zoom,
		zoom,
	};
}

/** That rectangle in the middle, as far as this leaves no empty space beside a plan that is larger than the screen. */
export function centreOn(target: Rect, bounds: Rect, screen: Extent, zoom: number): Viewport {
	const axis = (at: number, size: number, from: number, all: number, room: number) => {
		if (all * zoom + 2 * MARGIN <= room) return (room - all * zoom) / 2 - from * zoom;
		const wanted = room / 2 - (at + size / 2) * zoom;
		return Math.min(MARGIN - from * zoom, Math.max(room - MARGIN - (from + all) * zoom, wanted));
	};
	return {
		x: axis(target.x, target.width, bounds.x, bounds.width, screen.width),
		y: axis(target.y, target.height, bounds.y, bounds.height, screen.height),
		zoom,
	};
}

/** The whole plan if that stays readable, else the node a reader wants to see first. */
export function firstViewport(bounds: Rect, screen: Extent, interesting: Rect | null): Viewport {
	const all = fitAll(bounds, screen);
	if (all.zoom >= ZOOM.readable || interesting === null) return all;
	return centreOn(interesting, bounds, screen, ZOOM.reading);
}

/** Whether that rectangle lies in view with some margin. */
export function isInView(target: Rect, viewport: Viewport, screen: Extent): boolean {
	const left = target.x * viewport.zoom + viewport.x;
	const top = target.y * viewport.zoom + viewport.y;
	return (
		left >= MARGIN / 2 &&
		top >= MARGIN / 2 &&
		left + target.width * viewport.zoom <= screen.width - MARGIN / 2 &&
		top + Math.min(target.height * viewport.zoom, screen.height / 2) <= screen.height - MARGIN / 2
	);
}

export type DetailLevel = "full" | "name" | "block";

const HYSTERESIS = 0.03;

/** How much a card shows at that zoom. The level it has now holds a little longer, so that it never flickers. */
export function detailLevel(zoom: number, now: DetailLevel): DetailLevel {
	const full = now === "full" ? 0.6 - HYSTERESIS : 0.6 + HYSTERESIS;
	const name = now === "block" ? 0.25 + HYSTERESIS : 0.25 - HYSTERESIS;
	if (zoom >= full) return "full";
	return zoom >= name ? "name" : "block";
}
