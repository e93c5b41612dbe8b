/** Time, injected: the core and the backends read no clock of their own. */
export interface Clock {
	/** Wall clock, ms since the Unix epoch. */
	now(): number;
	/** Never goes back; ms from an arbitrary origin. */
	monotonic(): number;
}
