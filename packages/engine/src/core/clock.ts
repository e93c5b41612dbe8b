/** Time, injected: the core and the backends read no clock of their own. */
export interface Clock {
	/** Wall clock, ms since the Unix epoch. */
	now(): number;
	/** Never goes back; ms from an arbitrary origin. */
	monotonic(): number;
}

/** A timer that was set. */
export interface Timer {
	/** It fires no more. Does nothing if it has fired. */
	cancel(): void;
}

export interface TimerOptions {
	/** It does not keep the process alive. Default false. */
	readonly background?: boolean;
}

/** Timers, injected like the clock, so that a test or a simulation decides when time passes. At most 2^31 − 1 ms each. */
export interface Timers {
	/** Calls back once, after so many ms. */
	after(ms: number, call: () => void, options?: TimerOptions): Timer;
	/** Calls back again and again, so many ms apart. */
	every(ms: number, call: () => void, options?: TimerOptions): Timer;
	/** Resolves in the next turn of the event loop: what has arrived by now has been handled by then. */
	nextTurn(): Promise<void>;
}
