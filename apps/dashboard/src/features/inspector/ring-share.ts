/** How much of the time from `from` to `to` is left, 1 to 0. */
export function ringShare(from: number, to: number, now: number): number {
	if (to <= from) return now < to ? 1 : 0;
	return Math.min(1, Math.max(0, (to - now) / (to - from)));
}
