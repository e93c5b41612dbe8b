import { instancePath, RequestError } from "../../api/fetch-json.ts";
import type { InstanceDelta, InstanceState, StreamEvents } from "../../server/wire.ts";
import { unfrozenNow } from "../../time/ticker.ts";
import {
	backoffMs,
	type Connection,
	HIDDEN_MS,
	POLL_AFTER_FAILURES,
	pollMs,
	RETRY_STREAM_MS,
	WATCHDOG_MS,
} from "./connection.ts";

interface LiveStreamOptions {
	readonly instanceId: string;
	/** Version that the page shows now: where the stream goes on. */
	version(): number;
	/** Whether something runs, so that news are to be expected soon. */
	isActive(): boolean;
	onClock(now: number): void;
	onState(state: InstanceState): void;
	onDelta(delta: InstanceDelta): void;
	/** Fetches the whole state, at least of that version. Rejects when it could not be fetched. */
	refetch(version: number): Promise<unknown>;
	onConnection(connection: Connection): void;
}

/** One object, so that an event does not draw the pill anew. */
const LIVE: Connection = { kind: "live" };

type Timer = ReturnType<typeof setTimeout> | null;

/**
 * Keeps one page up to date: server-sent events while they work, polling while they do not, nothing while nobody
 * looks. Lives outside React; the hook only starts and stops it.
 *
 *   connecting ─first event─► live ─error, 35 s of silence, offline─► reconnecting ─3 failures─► polling
 *   polling ─every 60 s, or once the server answers again─► a stream is tried; its first event ─► live
 *   live ─end─► ended   gone ─► ended by the hook (another run), or gone (deleted)
 *   hidden for 60 s ─► closed ─visible─► refetch, connecting
 */
export class LiveStream {
	readonly #options: LiveStreamOptions;
	#source: EventSource | null = null;
	#watchdog: Timer = null;
	#again: Timer = null;
	#poll: Timer = null;
	#hidden: Timer = null;
	#failures = 0;
	#pollFailed = false;
	/** By the page's own steady clock: the server's may be learnt, or learnt anew, in between. */
	#heardAt = performance.now();
	#over = false;

	constructor(options: LiveStreamOptions) {
		this.#options = options;
		document.addEventListener("visibilitychange", this.#onVisibility);
		window.addEventListener("offline", this.#onOffline);
		window.addEventListener("online", this.#onOnline);
		if (document.visibilityState === "hidden") this.#hidden = setTimeout(() => this.#sleep(), HIDDEN_MS);
		this.#connect();
	}

	stop(): void {
		this.#over = true;
		document.removeEventListener("visibilitychange", this.#onVisibility);
		window.removeEventListener("offline", this.#onOffline);
		window.removeEventListener("online", this.#onOnline);
		this.#close();
		this.#forgetTimers();
		if (this.#hidden !== null) clearTimeout(this.#hidden);
	}

	#connect(): void {
		if (this.#over) return;
		this.#close();
		const { instanceId, version, onState, onDelta, onClock } = this.#options;
		const source = new EventSource(instancePath(instanceId, `/stream?since=${version()}`));
		this.#source = source;
		this.#feedWatchdog();
		let pings = 0;
		source.onerror = () => this.#fail();
		this.#on(source, "ping", ({ now }) => {
			onClock(now);
			pings += 1;
			// A stream that breaks right after its greeting has not worked.
			if (pings > 1) this.#failures = 0;
		});
		this.#on(source, "snapshot", (state) => this.#worked(() => onState(state)));
		this.#on(source, "delta", (delta) => this.#worked(() => onDelta(delta)));
		this.#on(source, "refetch", ({ version: least }) => this.#worked(() => this.#fetchNow(least)));
		this.#on(source, "gone", () => {
			this.#close();
			this.#fetchNow(0);
		});
		this.#on(source, "end", ({ version: last }) => this.#end(last));
	}

	#on<Name extends keyof StreamEvents>(
		source: EventSource,
		name: Name,
		take: (data: StreamEvents[Name]) => void,
	): void {
		source.addEventListener(name, (event: MessageEvent<string>) => {
			if (source !== this.#source) return;
			this.#heard();
			take(JSON.parse(event.data) as StreamEvents[Name]);
		});
	}

	#worked(take: () => void): void {
		this.#failures = 0;
		take();
	}

	#heard(): void {
		this.#heardAt = performance.now();
		this.#forgetTimers();
		this.#feedWatchdog();
		this.#options.onConnection(LIVE);
	}

	/** By the server's clock. */
	#lastHeard(): number {
		return unfrozenNow() - (performance.now() - this.#heardAt);
	}

	#feedWatchdog(): void {
		if (this.#watchdog !== null) clearTimeout(this.#watchdog);
		this.#watchdog = setTimeout(() => this.#fail(), WATCHDOG_MS);
	}

	#fail(): void {
		this.#close();
		if (this.#over) return;
		this.#failures += 1;
		if (this.#failures >= POLL_AFTER_FAILURES) {
			this.#pollNow();
			this.#later(RETRY_STREAM_MS);
			return;
		}
		this.#options.onConnection({ kind: "reconnecting", lostAt: this.#lastHeard() });
		this.#later(backoffMs(this.#failures, Math.random()));
	}

	#later(ms: number): void {
		if (this.#again !== null) clearTimeout(this.#again);
		this.#again = setTimeout(() => this.#connect(), ms);
	}

	#pollNow(): void {
		if (this.#over || this.#poll !== null) return;
		// Marks the round as begun until its answer sets the next one.
		this.#poll = setTimeout(() => undefined, 0);
		this.#options.refetch(0).then(
			() => this.#polled(false),
			(error: unknown) => {
				if (isDeleted(error)) this.#gone();
				else this.#polled(true);
			},
		);
	}

	#polled(failing: boolean): void {
		if (!failing) this.#heardAt = performance.now();
		if (this.#over || this.#poll === null) return;
		// The server is back: the stream will work again as well.
		if (!failing && this.#pollFailed) this.#later(backoffMs(1, Math.random()));
		this.#pollFailed = failing;
		const everyMs = pollMs(this.#options.isActive() || failing);
		this.#options.onConnection({ kind: "polling", lastAt: this.#lastHeard(), everyMs, failing });
		this.#poll = setTimeout(() => {
			this.#poll = null;
			this.#pollNow();
		}, everyMs);
	}

	#fetchNow(version: number): void {
		void this.#options.refetch(version).catch((error: unknown) => {
			if (this.#over) return;
			if (isDeleted(error)) this.#gone();
			else this.#fail();
		});
	}

	/** The hook makes the last fetch: it outlives this stream. */
	#end(version: number): void {
		this.#over = true;
		this.#close();
		this.#forgetTimers();
		this.#options.onConnection({ kind: "ended" });
		if (version > this.#options.version()) void this.#options.refetch(version).catch(() => undefined);
	}

	#gone(): void {
		this.stop();
		this.#options.onConnection({ kind: "gone" });
	}

	#close(): void {
		if (this.#watchdog !== null) clearTimeout(this.#watchdog);
		this.#watchdog = null;
		this.#source?.close();
		this.#source = null;
	}

	#forgetTimers(): void {
		for (const timer of [this.#again, this.#poll]) if (timer !== null) clearTimeout(timer);
		this.#again = null;
		this.#poll = null;
	}

	#onOffline = (): void => this.#fail();

	#onOnline = (): void => {
		if (this.#source === null) this.#connect();
	};

	#onVisibility = (): void => {
		if (document.visibilityState === "hidden") {
			this.#hidden ??= setTimeout(() => this.#sleep(), HIDDEN_MS);
			return;
		}
		const slept = this.#source === null && !this.#over;
		if (this.#hidden !== null) clearTimeout(this.#hidden);
		this.#hidden = null;
		if (!slept) return;
		this.#fetchNow(0);
		this.#connect();
	};

	/** Browsers allow six connections to one server: a page that nobody sees gives its own back. */
	#sleep(): void {
		this.#close();
		this.#forgetTimers();
		this.#options.onConnection({ kind: "connecting" });
	}
}

function isDeleted(error: unknown): boolean {
	return error instanceof RequestError && error.code === "InstanceNotFound";
}
