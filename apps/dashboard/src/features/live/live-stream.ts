import { instancePath } from "../../api/fetch-json.ts";
import type { InstanceDelta, InstanceState, StreamEvents } from "../../server/wire.ts";
import { unfrozenNow } from "../../time/ticker.ts";
import {
	backoffMs,
	type Connection,
	HIDDEN_MS,
	POLL_AFTER_FAILURES,
	POLL_MS,
	RETRY_STREAM_MS,
	WATCHDOG_MS,
} from "./connection.ts";

interface LiveStreamOptions {
	readonly instanceId: string;
	/** Version that the page shows now: where the stream goes on. */
	version(): number;
	onState(state: InstanceState): void;
	onDelta(delta: InstanceDelta): void;
	/** The whole state must be fetched. Resolves when it was, rejects when it could not be. */
	refetch(): Promise<unknown>;
	onConnection(connection: Connection): void;
}

type Timer = ReturnType<typeof setTimeout> | null;

/**
 * Keeps one page up to date: server-sent events while they work, polling while they do not, nothing while nobody
 * looks. Lives outside React; the hook only starts and stops it.
 *
 *   connecting ─open─► live ─error, silence─► reconnecting ─3 failures─► polling ─every 60 s─► connecting
 *   live ─end─► ended;   hidden for 60 s ─► closed ─visible─► refetch, connecting
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
	#heardAt = unfrozenNow();
	#stopped = false;
	#ended = false;

	constructor(options: LiveStreamOptions) {
		this.#options = options;
		document.addEventListener("visibilitychange", this.#onVisibility);
		this.#connect();
	}

	stop(): void {
		this.#stopped = true;
		document.removeEventListener("visibilitychange", this.#onVisibility);
		this.#close();
		for (const timer of [this.#again, this.#poll, this.#hidden]) if (timer !== null) clearTimeout(timer);
	}

	#connect(): void {
		if (this.#stopped || this.#ended) return;
		this.#close();
		const { instanceId, version } = this.#options;
		const source = new EventSource(instancePath(instanceId, `/stream?since=${version()}`));
		this.#source = source;
		this.#feedWatchdog();
		source.onopen = () => this.#heard();
		source.onerror = () => this.#fail();
		this.#on(source, "snapshot", (state) => this.#options.onState(state));
		this.#on(source, "delta", (delta) => this.#options.onDelta(delta));
		this.#on(source, "refetch", () => this.#fetchNow());
		this.#on(source, "ping", () => undefined);
		this.#on(source, "gone", () => {
			this.#close();
			this.#fetchNow();
		});
		this.#on(source, "end", () => this.#end());
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

	#heard(): void {
		this.#failures = 0;
		this.#heardAt = unfrozenNow();
		if (this.#poll !== null) clearTimeout(this.#poll);
		this.#poll = null;
		this.#feedWatchdog();
		this.#options.onConnection({ kind: "live" });
	}

	#feedWatchdog(): void {
		if (this.#watchdog !== null) clearTimeout(this.#watchdog);
		this.#watchdog = setTimeout(() => this.#fail(), WATCHDOG_MS);
	}

	#fail(): void {
		this.#close();
		if (this.#stopped || this.#ended) return;
		this.#failures += 1;
		if (this.#failures >= POLL_AFTER_FAILURES) {
			this.#pollNow();
			this.#later(RETRY_STREAM_MS);
			return;
		}
		this.#options.onConnection({ kind: "reconnecting", lostAt: this.#heardAt });
		this.#later(backoffMs(this.#failures, Math.random()));
	}

	#later(ms: number): void {
		if (this.#again !== null) clearTimeout(this.#again);
		this.#again = setTimeout(() => this.#connect(), ms);
	}

	#pollNow(): void {
		if (this.#stopped || this.#ended || this.#poll !== null) return;
		const again = (failing: boolean) => {
			if (!failing) this.#heardAt = unfrozenNow();
			// The server is back: the stream will work again as well.
			if (!failing && this.#pollFailed) this.#later(backoffMs(1, Math.random()));
			this.#pollFailed = failing;
			if (this.#stopped || this.#poll === null) return;
			this.#options.onConnection({ kind: "polling", lastAt: this.#heardAt, failing });
			this.#poll = setTimeout(() => {
				this.#poll = null;
				this.#pollNow();
			}, POLL_MS);
		};
		// Marks the round as begun until its answer sets the next one.
		this.#poll = setTimeout(() => undefined, 0);
		this.#options.refetch().then(
			() => again(false),
			() => again(true),
		);
	}

	#fetchNow(): void {
		void this.#options.refetch().catch(() => this.#fail());
	}

	#end(): void {
		this.#ended = true;
		this.#close();
		this.#options.onConnection({ kind: "ended" });
		this.#fetchNow();
	}

	#close(): void {
		if (this.#watchdog !== null) clearTimeout(this.#watchdog);
		this.#watchdog = null;
		this.#source?.close();
		this.#source = null;
	}

	#onVisibility = (): void => {
		if (document.visibilityState === "hidden") {
			this.#hidden ??= setTimeout(() => this.#sleep(), HIDDEN_MS);
			return;
		}
		const slept = this.#source === null && !this.#ended;
		if (this.#hidden !== null) clearTimeout(this.#hidden);
		this.#hidden = null;
		if (!slept || this.#stopped) return;
		this.#fetchNow();
		this.#connect();
	};

	/** Browsers allow six connections to one server: a page that nobody sees gives its own back. */
	#sleep(): void {
		this.#close();
		for (const timer of [this.#again, this.#poll]) if (timer !== null) clearTimeout(timer);
		this.#again = null;
		this.#poll = null;
		this.#options.onConnection({ kind: "connecting" });
	}
}
