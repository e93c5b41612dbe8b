import type { PersistentBackend } from "@waymark/engine/backend";
import { onShutdown } from "./shutdown.ts";

/** Next bundles a copy of everything it imports; the one handle of the process is opened outside and hangs here. */
const KEY = Symbol.for("waymark.dashboard.backend");
const REAP_MS = 5_000;

type Holder = { [KEY]?: PersistentBackend };

/** Null before the server has opened it. */
export function currentStore(): PersistentBackend | null {
	return (globalThis as Holder)[KEY] ?? null;
}

/** Makes the backend the one of this process, until it stops. One that only reads ends no leases of the dead. */
export function holdStore(backend: PersistentBackend, readOnly = false): void {
	(globalThis as Holder)[KEY] = backend;
	// Pausing and cancelling end here even when the worker that held the last lease is dead.
	const reaper = readOnly ? null : setInterval(() => void backend.reap().catch(() => undefined), REAP_MS);
	reaper?.unref();
	onShutdown(async () => {
		if (reaper !== null) clearInterval(reaper);
		delete (globalThis as Holder)[KEY];
		await backend.close();
	});
}
