import { instancePath, isSignedOut, RequestError } from "../../api/fetch-json.ts";
import { reportSignedOut } from "../../api/signed-out.ts";
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
import type { EventName } from "./event-stream.ts";
import { type Loss, SharedStream } from "./shared-stream.ts";

interface LiveStreamOptions {
	readonly instanceId: string;
	readonly runId: string;
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
 *   401, signedout ─► signed out ─visible again, online─► refetch, connecting
 */
export class LiveStream {
	readonly #options: LiveStreamOptions;
	#stream: SharedStream | null = null;
	#watchdog: Timer = null;
	#again: Timer = null;
	#poll: Timer = null;
	#hidden: Timer = null;
	#failures = 0;
	/** Since the stream was opened. */
	#pings = 0;
	#crowded = false;
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
		const { instanceId, runId, version } = this.#options;
		this.#feedWatchdog();
		this.#pings = 0;
		this.#stream = new SharedStream({
			key: runId,
			path: () => instancePath(instanceId, `/stream?since=${version()}`),
			version,
			now: unfrozenNow,
			onEvent: (name, data) => this.#take(name, data),
			onVersion: (least) => {
				if (version() < least) this.#fetchNow(least);
			},
			onLost: (loss) => this.#lost(loss),
		});
	}

	#take<Name extends EventName>(name: Name, data: StreamEvents[Name]): void {
		this.#heard();
		this.#handlers[name](data);
	}

	readonly #handlers: { readonly [Name in EventName]: (data: StreamEvents[Name]) => void } = {
		ping: ({ now }) => {
			this.#options.onClock(now);
			this.#pings += 1;
			// A stream that breaks right after its greeting has not worked.
			if (this.#pings > 1) this.#failures = 0;
		},
		snapshot: (state) => this.#worked(() => this.#options.onState(state)),
		delta: (delta) => this.#worked(() => this.#options.onDelta(delta)),
		refetch: ({ version }) => this.#worked(() => this.#fetchNow(version)),
		signedout: () => {
			reportSignedOut();
			this.#signedOut();
		},
		gone: () => {
			this.#close();
			this.#fetchNow(0);
		},
		end: ({ version }) => this.#end(version),
	};

	#lost(loss: Loss): void {
		switch (loss) {
			case "refused":
				this.#fail();
				// A stream does not tell why it was refused; a state does.
				if (this.#poll === null) this.#options.refetch(0).catch((error: unknown) => this.#refused(error));
				return;
			case "broken":
				this.#fail();
				return;
			case "unseen":
				this.#sleep();
				return;
			case "crowded":
				if (document.visibilityState === "hidden") this.#sleep();
				else this.#crowdedOut();
				return;
		}
	}

	/** It does not break, but there is none for us: the next minute may bring one. */
	#crowdedOut(): void {
		this.#close();
		this.#crowded = true;
		this.#pollNow();
		this.#later(RETRY_STREAM_MS);
	}

	#worked(take: () => void): void {
		this.#failures = 0;
		take();
	}

	#heard(): void {
		this.#heardAt = performance.now();
		this.#crowded = false;
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
		this.#crowded = false;
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
				if (!this.#refused(error)) this.#polled(true);
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
		this.#options.onConnection({
			kind: "polling",
			lastAt: this.#lastHeard(),
			everyMs,
			failing,
			crowded: this.#crowded,
		});
		this.#poll = setTimeout(() => {
			this.#poll = null;
			this.#pollNow();
		}, everyMs);
	}

	#fetchNow(version: number): void {
		void this.#options.refetch(version).catch((error: unknown) => {
			if (!this.#over && !this.#refused(error)) this.#fail();
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

	/** Whether the server has said why it gives nothing. Then there is no use in asking again and again. */
	#refused(error: unknown): boolean {
		if (this.#over) return false;
		if (error instanceof RequestError && error.code === "InstanceNotFound") {
			this.stop();
			this.#options.onConnection({ kind: "gone", knownAt: unfrozenNow() });
			return true;
		}
		if (!isSignedOut(error)) return false;
		this.#signedOut();
		return true;
	}

	#signedOut(): void {
		this.#close();
		this.#forgetTimers();
		this.#options.onConnection({ kind: "signed-out", lastAt: this.#lastHeard() });
	}

	#close(): void {
		if (this.#watchdog !== null) clearTimeout(this.#watchdog);
		this.#watchdog = null;
		this.#stream?.close();
		this.#stream = null;
	}

	#forgetTimers(): void {
		for (const timer of [this.#again, this.#poll]) if (timer !== null) clearTimeout(timer);
		this.#again = null;
		this.#poll = null;
	}

	#onOffline = (): void => this.#fail();

	#onOnline = (): void => {
		if (this.#stream === null) this.#connect();
	};

	#onVisibility = (): void => {
		if (document.visibilityState === "hidden") {
			this.#hidden ??= setTimeout(() => this.#sleep(), HIDDEN_MS);
			return;
		}
		const slept = this.#stream === null && !this.#over;
		if (this.#hidden !== null) clearTimeout(this.#hidden);
		this.#hidden = null;
		if (!slept) return;
		this.#fetchNow(0);
		this.#connect();
	};

	/** A page that nobody sees needs no connection. */
	#sleep(): void {
		this.#close();
		this.#forgetTimers();
		this.#options.onConnection({ kind: "connecting" });
	}
}
