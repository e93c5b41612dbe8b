import { useReactFlow } from "@xyflow/react";
import { type RefObject, useLayoutEffect, useRef } from "react";
import { usePrinting } from "../../components/use-printing.ts";
import type { Rect } from "../../graph/geometry.ts";
import { fitAll, type Viewport } from "../../graph/viewport.ts";

/** Room of the picture on paper, px; its height is that of `.plan-canvas` in print. */
const PAPER = { width: 700, height: 460 } as const;

/** Zoom from which on names show, whatever showed before. */
const NAMES_FROM = 0.3;

/** On paper nobody can move the view: the whole plan is shown, and afterwards what was looked at before. */
export function usePrintFit(
	bounds: Rect,
	wrapper: RefObject<HTMLDivElement | null>,
	/** Names stay on the cards, however small: paper is read closely. A plan too large for cards has none anyway. */
	keepsNames: boolean,
	/** Told of the zoom before the view goes there. */
	onZoom: (zoom: number) => void,
): void {
	const flow = useReactFlow();
	const isPrinting = usePrinting();
	const before = useRef<Viewport | null>(null);
	useLayoutEffect(() => {
		const go = (viewport: Viewport) => {
			onZoom(isPrinting && keepsNames ? Math.max(viewport.zoom, NAMES_FROM) : viewport.zoom);
			void flow.setViewport(viewport);
		};
		if (isPrinting) {
			before.current ??= flow.getViewport();
			const width = Math.min(PAPER.width, wrapper.current?.clientWidth ?? PAPER.width);
			go(fitAll(bounds, { width, height: PAPER.height }));
		} else if (before.current !== null) {
			go(before.current);
			before.current = null;
		}
	}, [isPrinting, flow, bounds, wrapper, keepsNames, onZoom]);
}
