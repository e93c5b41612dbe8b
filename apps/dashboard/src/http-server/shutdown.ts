/**
 * Tells what lives inside Next's bundle (streams, the backend handle) that the server is stopping. Both sides hold
 * their own copy of this module, so the list hangs on globalThis.
 */
type Listener = () => void | Promise<void>;

const KEY = Symbol.for("waymark.dashboard.shutdown");

function listeners(): Set<Listener> {
	const holder = globalThis as { [KEY]?: Set<Listener> };
	holder[KEY] ??= new Set();
	return holder[KEY];
}

/** Answers the function that forgets the listener. */
export function onShutdown(listener: Listener): () => void {
	listeners().add(listener);
	return () => listeners().delete(listener);
}

export async function announceShutdown(): Promise<void> {
	await Promise.allSettled([...listeners()].map(async (listener) => listener()));
}
