"use client";

import { type RefObject, useEffect } from "react";
import { serverNow } from "../../time/ticker.ts";
import { placeOf, type TimeScale } from "./time-scale.ts";

/** The part of the line that is shown, 0 to 1. */
export interface Shown {
	readonly from: number;
	readonly to: number;
}

/** Place on the shown part, in per cent. */
export function percentOf(scale: TimeScale, shown: Shown, at: number): number {
	return ((placeOf(scale, at) - shown.from) / (shown.to - shown.from)) * 100;
}

/**
 * Grows the bars of what runs, frame by frame, by their style alone: nothing renders. Bars carry `data-live-from`.
 * Stands still with the page's other timers; once a second is enough for who wants no motion.
 */
export function useLiveBars(
	root: RefObject<HTMLElement | null>,
	scale: TimeScale,
	shown: Shown,
	isLive: boolean,
): void {
	useEffect(() => {
		if (!isLive) return undefined;
		const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
		let frame = 0;
		let timer: ReturnType<typeof setTimeout> | undefined;
		const draw = () => {
			const end = percentOf(scale, shown, serverNow());
			for (const bar of root.current?.querySelectorAll<HTMLElement>("[data-live-from]") ?? []) {
				const from = percentOf(scale, shown, Number(bar.dataset.liveFrom));
				bar.style.width = `${Math.max(0, end - from)}%`;
			}
			if (calm) timer = setTimeout(draw, 1_000);
			else frame = requestAnimationFrame(draw);
		};
		draw();
		return () => {
			cancelAnimationFrame(frame);
			clearTimeout(timer);
		};
	}, [root, scale, shown, isLive]);
}
