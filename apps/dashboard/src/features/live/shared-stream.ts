import type { StreamEvents } from "../../server/wire.ts";
import { type EventName, openEventStream } from "./event-stream.ts";
import { onSlotWanted, takeSlot } from "./stream-slot.ts";

/** `broken`: the connection is; `refused`: the server let none come about; `crowded`: other tabs have all that there may be; `unseen`: one of them needs ours. */
export type Loss = "broken" | "refused" | "crowded" | "unseen";

interface SharedStreamOptions {
	/** Tabs with the same key see the same stream. */
	readonly key: string;
	/** The stream's address, from what this tab shows on. */
	path(): string;
	/** Version that this tab shows. */
	version(): number;
	/** By the server's clock. */
	now(): number;
	onEvent<Name extends EventName>(name: Name, data: StreamEvents[Name]): void;
	/** Another tab shows that version: what leads there may have passed this one by. */
	onVersion(version: number): void;
	/** Called once; then nothing more comes. */
	onLost(loss: Loss): void;
}

type Message =
	/** A tab has come. */
	| { readonly kind: "hello" }
	/** The leading tab answers; `now` is null while it is still connecting. */
	| { readonly kind: "here"; readonly now: number | null; readonly version: number }
	/** What the leading tab heard, and the version that it showed before. */
	| { readonly kind: "event"; readonly name: EventName; readonly text: string; readonly version: number };

/** This tab's time as the one that has the connection. */
interface Lead {
	heard: boolean;
	readonly endings: (() => void)[];
}

/** A leading tab that does not answer within that is frozen, or hangs. */
const PATIENCE_MS = 3_000;

/**
 * One connection for all tabs that look at the same thing. The tab that holds the lock leads: it has the connection and
 * passes on what it hears. The others wait for the lock, which the browser gives to the next of them when the leading
 * tab closes, falls asleep or crashes; one that does not answer is robbed of it. Whoever leads begins at the version
 * that it shows itself, and says it with everything, so that the others find out what they have missed.
 *
 *   following ─lock─► leading ─stolen─► following
 *   following ─3 s without an answer─► steals, leads
 *
 * Where the browser has no locks (plain HTTP from another machine), each tab has a connection of its own.
 */
export class SharedStream {
	readonly #options: SharedStreamOptions;
	readonly #lock: string;
	readonly #channel: BroadcastChannel | null;
	#lead: Lead | null = null;
	/** Ends the wait for the lock. */
	#waiting = new AbortController();
	#patience: ReturnType<typeof setTimeout> | null = null;
	#closed = false;

	constructor(options: SharedStreamOptions) {
		this.#options = options;
		this.#lock = `waymark.stream.${options.key}`;
		this.#channel = "locks" in navigator ? new BroadcastChannel(this.#lock) : null;
		if (this.#channel === null) {
			this.#lead = { heard: false, endings: [] };
			this.#connect(this.#lead);
			return;
		}
		this.#channel.onmessage = ({ data }: MessageEvent<Message>) => this.#take(data);
		this.#follow();
	}

	close(): void {
		this.#closed = true;
		this.#stopWaiting();
		this.#channel?.close();
		this.#abdicate();
	}

	#follow(): void {
		this.#waiting = new AbortController();
		this.#queue({ signal: this.#waiting.signal });
		this.#patience = setTimeout(() => this.#queue({ steal: true }), PATIENCE_MS);
		this.#say({ kind: "hello" });
	}

	#queue(how: LockOptions): void {
		let lead: Lead | null = null;
		const hold = () =>
			new Promise<void>((release) => {
				if (this.#closed || this.#lead !== null) release();
				else lead = this.#begin(release);
			});
		// Rejects when the wait was ended, which is what was wanted, and when a lock that was held is stolen.
		navigator.locks.request(this.#lock, how, hold).catch(() => {
			if (lead === null || lead !== this.#lead) return;
			this.#abdicate();
			this.#follow();
		});
	}

	#begin(release: () => void): Lead {
		this.#stopWaiting();
		const lead: Lead = { heard: false, endings: [release] };
		this.#lead = lead;
		void takeSlot().then((slot) => {
			if (this.#lead !== lead) slot?.();
			else if (slot === null) this.#options.onLost("crowded");
			else {
				lead.endings.push(
					slot,
					onSlotWanted(() => {
						if (document.visibilityState === "hidden") this.#options.onLost("unseen");
					}),
				);
				this.#connect(lead);
			}
		});
		return lead;
	}

	#abdicate(): void {
		const endings = this.#lead?.endings ?? [];
		this.#lead = null;
		for (const end of endings) end();
	}

	#connect(lead: Lead): void {
		const { path, version, onEvent, onLost } = this.#options;
		const hear = (name: EventName, text: string) => {
			if (this.#lead !== lead) return;
			lead.heard = true;
			this.#say({ kind: "event", name, text, version: version() });
			onEvent(name, JSON.parse(text));
		};
		lead.endings.push(
			openEventStream(path(), hear, (refused) => {
				if (this.#lead === lead) onLost(refused ? "refused" : "broken");
			}),
		);
	}

	#take(message: Message): void {
		const lead = this.#lead;
		if (this.#closed) return;
		switch (message.kind) {
			case "hello": {
				const { now, version } = this.#options;
				if (lead !== null) this.#say({ kind: "here", now: lead.heard ? now() : null, version: version() });
				return;
			}
			case "here":
				if (lead !== null) return;
				this.#forgetPatience();
				if (message.now !== null) this.#hear("ping", { now: message.now }, message.version);
				return;
			case "event":
				if (lead !== null) return;
				this.#forgetPatience();
				this.#hear(message.name, JSON.parse(message.text), message.version);
				return;
		}
	}

	#hear<Name extends EventName>(name: Name, data: StreamEvents[Name], leaderShows: number): void {
		this.#options.onEvent(name, data);
		if (!this.#closed) this.#options.onVersion(leaderShows);
	}

	#say(message: Message): void {
		this.#channel?.postMessage(message);
	}

	#stopWaiting(): void {
		this.#waiting.abort();
		this.#forgetPatience();
	}

	#forgetPatience(): void {
		if (this.#patience !== null) clearTimeout(this.#patience);
		this.#patience = null;
	}
}
