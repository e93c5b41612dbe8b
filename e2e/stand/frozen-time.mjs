/**
 * Loaded before a program (`node --import`): its wall clock stands still at WAYMARK_FROZEN_AT, ms since the epoch. Timers
 * and performance.now() go on.
 */
const at = Number(process.env.WAYMARK_FROZEN_AT);
const SystemDate = Date;

class FrozenDate extends SystemDate {
	/** @param {readonly any[]} parts */
	constructor(...parts) {
		super(.../** @type {[number]} */ (parts.length === 0 ? [at] : parts));
	}
}
FrozenDate.now = () => at;

globalThis.Date = /** @type {DateConstructor} */ (/** @type {unknown} */ (FrozenDate));
