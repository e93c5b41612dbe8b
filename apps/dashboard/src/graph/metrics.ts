import { type Direction, type Rect, SIZE } from "./geometry.ts";

/**
 * Measuring and placing know two axes, not x and y: `width` runs along the plan and `height` across it. A plan that runs
 * down is measured with sizes turned by a quarter, and everything is turned back at the end.
 */
export interface Metrics {
	readonly direction: Direction;
	readonly card: Size;
	readonly pill: Size;
	readonly mark: Size;
	readonly gap: number;
	readonly trunk: number;
	readonly laneGap: number;
	readonly rowGap: number;
	readonly emptyLane: number;
	/** What a lane's caption takes of it, before its first card and beside its line. */
	readonly caption: Size;
	/** Before and beside the body of a box: its header lies at the top of the screen whichever way the plan runs. */
	readonly boxLead: Size;
	/** Where a line that enters a box is first seen, from its border: below the header. */
	readonly boxEntry: number;
	readonly boxTail: number;
	readonly boxMin: Readonly<Record<"loop" | "child", Size>>;
	/** Length to breadth of a sequence that is folded into rows: as the screen is, wide. */
	readonly aspect: number;
}

interface Size {
	readonly width: number;
	readonly height: number;
}

const ASPECT = 1.7;

const RIGHT: Metrics = {
	direction: "right",
	card: SIZE.card,
	pill: SIZE.pill,
	mark: SIZE.mark,
	gap: SIZE.gap,
	trunk: SIZE.trunk,
	laneGap: SIZE.laneGap,
	rowGap: SIZE.rowGap,
	emptyLane: SIZE.emptyLane,
	caption: { width: 0, height: SIZE.caption },
	boxLead: { width: SIZE.boxPadding, height: SIZE.boxHeader + SIZE.boxPadding },
	boxEntry: 0,
	boxTail: SIZE.boxPadding,
	boxMin: { loop: { width: SIZE.loopMinWidth, height: 0 }, child: { width: SIZE.childMinWidth, height: 0 } },
	aspect: ASPECT,
};

const DOWN: Metrics = {
	...RIGHT,
	direction: "down",
	card: turned(SIZE.card),
	pill: turned(SIZE.pill),
	gap: 32,
	trunk: 40,
	laneGap: 24,
	rowGap: 56,
	emptyLane: 40,
	caption: { width: SIZE.caption, height: 0 },
	boxLead: { width: SIZE.boxHeader + SIZE.boxPadding, height: SIZE.boxPadding },
	boxEntry: SIZE.boxHeader,
	boxMin: { loop: { width: 0, height: SIZE.loopMinWidth }, child: { width: 0, height: SIZE.childMinWidth } },
	aspect: 1 / ASPECT,
};

export function metricsOf(direction: Direction): Metrics {
	switch (direction) {
		case "right":
			return RIGHT;
		case "down":
			return DOWN;
	}
}

function turned({ width, height }: Size): Size {
	return { width: height, height: width };
}

export function turnedRect<R extends Rect>(rect: R): R {
	return { ...rect, x: rect.y, y: rect.x, width: rect.height, height: rect.width };
}
