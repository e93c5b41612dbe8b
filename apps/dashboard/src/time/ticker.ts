/**
 * One shared clock for the whole page: the server's time as far as it is known, ticking once a second. Texts that
 * tick are written through it (see live-text.tsx), so that a page of timers costs one interval and no renders.
 */
type Listener = (now: number) => void;

const listeners = new Set<Listener>();
let offsetMs = 0;
let frozenAt: number | null = null;
let timer: ReturnType<typeof setInterval> | null = null;

/** Now by the server's clock, ms since the epoch. Stands still while what the page shows is stale. */
export function serverNow(): number {
	return frozenAt ?? unfrozenNow();
}

/** The same, also while the timers stand still: for saying how old the picture is. */
export function unfrozenNow(): number {
	return Date.now() + offsetMs;
}

/** Learns the server's clock from an answer that carries it. Differences below a quarter second are noise. */
export function learnServerClock(now: number): void {
	const offset = now - Date.now();
	if (Math.abs(offset - offsetMs) > 250) offsetMs = offset;
}

/** Stops all timers at that moment, because nothing newer is known; null lets them go on. */
export function freezeTicker(at: number | null): void {
	if (frozenAt === at) return;
	frozenAt = at;
	tick();
}

/** Calls the listener at once and then every second. Answers the function that ends it. */
export function onTick(listener: Listener): () => void {
	listeners.add(listener);
	timer ??= setInterval(tick, 1_000);
	listener(serverNow());
	return () => {
		listeners.delete(listener);
		if (listeners.size > 0 || timer === null) return;
		clearInterval(timer);
		timer = null;
	};
}

function tick(): void {
	const now = serverNow();
	for (const listener of listeners) listener(now);
}
