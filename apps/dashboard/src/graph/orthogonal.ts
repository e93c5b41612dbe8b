import type { Point } from "./geometry.ts";

/** Orthogonal lines as corner points, and as SVG path data. */

export function straight(from: Point, to: Point): readonly Point[] {
	return [from, to];
}

/** Across, along the trunk at `trunkX`, across; straight where both ends are level. */
export function elbow(from: Point, to: Point, trunkX: number): readonly Point[] {
	if (from.y === to.y) return [from, to];
	return [from, { x: trunkX, y: from.y }, { x: trunkX, y: to.y }, to];
}

/** From the end of a row back to the start of the next, through the channel at `channelY`. */
export function overRows(from: Point, to: Point, channelY: number, margin: number): readonly Point[] {
	const right = from.x + margin;
	const left = to.x - margin;
	return [from, { x: right, y: from.y }, { x: right, y: channelY }, { x: left, y: channelY }, { x: left, y: to.y }, to];
}

/** SVG path data with rounded corners. `radius` in px; shorter where a leg is too short for it. */
export function toPathData(points: readonly Point[], radius: number): string {
	const [start, ...rest] = points;
	if (start === undefined) return "";
	let data = `M${start.x} ${start.y}`;
	let before = start;
	rest.forEach((corner, at) => {
		const after = rest[at + 1];
		if (after === undefined) {
			data += `L${corner.x} ${corner.y}`;
			return;
		}
		const bend = Math.min(radius, distance(before, corner) / 2, distance(corner, after) / 2);
		const arrive = towards(corner, before, bend);
		const depart = towards(corner, after, bend);
		data += `L${arrive.x} ${arrive.y}Q${corner.x} ${corner.y} ${depart.x} ${depart.y}`;
		before = corner;
	});
	return data;
}

function distance(a: Point, b: Point): number {
	return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}

/** The point `by` px from `from` in the direction of `to`, along an axis. */
function towards(from: Point, to: Point, by: number): Point {
	return { x: from.x + Math.sign(to.x - from.x) * by, y: from.y + Math.sign(to.y - from.y) * by };
}
