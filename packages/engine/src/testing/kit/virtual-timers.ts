import type { Timer, Timers } from "../../core/clock.ts";
import type { FakeClock } from "../fake-clock.ts";

/**
 * Timers of a process on virtual time. What repeats never fires: the kit looks by itself whenever time has passed, and
 * a heartbeat every few seconds would make skipping a year take minutes.
 */
export function virtualTimers(clock: FakeClock): Timers {
	return {
		after: (ms, call): Timer => clock.after(ms, call),
		every: (): Timer => ({ cancel: () => undefined }),
		nextTurn: () => clock.nextTurn(),
	};
}
