import { formatClock, formatElapsed } from "../../time/format.ts";
import { momentAt, type TimeScale } from "./time-scale.ts";
import type { Shown } from "./use-live-bars.ts";

/** Moves the line under the pointer and says which moment that is. Writes styles and text only: nothing renders. */
export function moveCrossHair(
	grid: HTMLElement,
	bars: HTMLElement | null,
	clientX: number,
	scale: TimeScale,
	shown: Shown,
): void {
	const cross = grid.querySelector<HTMLElement>(".timeline-cross");
	const label = grid.querySelector<HTMLElement>(".timeline-cross-label");
	if (cross === null || label === null || bars === null) return;
	const area = bars.getBoundingClientRect();
	const share = (clientX - area.left) / area.width;
	const isInside = share >= 0 && share <= 1;
	cross.toggleAttribute("data-on", isInside);
	if (!isInside) return;
	const at = momentAt(scale, shown.from + share * (shown.to - shown.from));
	cross.style.left = `${clientX - grid.getBoundingClientRect().left}px`;
	label.toggleAttribute("data-flip", share > 0.7);
	label.textContent = `${formatClock(at, at)} · +${formatElapsed(at - scale.from)}`;
}
