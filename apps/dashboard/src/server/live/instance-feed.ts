import type { PersistentBackend } from "@waymark/engine/backend";
import { isTerminal } from "@waymark/engine/graph";
import type { InstanceState } from "../wire.ts";
import type { LiveHub } from "./live-hub.ts";
import { sseEvent } from "./sse.ts";

/** Changes that come close together travel together. */
const COALESCE_MS = 120;
/** Beyond this the page fetches the whole state, which needs no event of that size. */
const MAX_EVENT_CHARS = 64 * 1024;

interface FeedOptions {
	readonly backend: PersistentBackend;
	readonly hub: LiveHub;
	readonly instanceId: string;
	readonly runId: string;
	/** The version that the page knows; null: nothing. */
	readonly since: number | null;
	loadState(): Promise<InstanceState>;
	/** What of it the reader may see. */
	shown<T>(data: T): T;
	/** Takes one event's text. False: the reader is gone or too slow, and nothing more is sent. */
	send(text: string): boolean;
	close(): void;
}

/**
 * Follows one run: whenever it is nudged it reads what changed since the version last sent, and sends that. Reads
 * never overlap, and at most one waits; so a busy instance costs the same as one that changes ten times a second.
 */
export class InstanceFeed {
	readonly #options: FeedOptions;
	readonly #unwatch: () => void;
	#sent: number | null;
	#timer: ReturnType<typeof setTimeout> | null = null;
	#reading = false;
	#again = false;
	#ended = false;

	constructor(options: FeedOptions) {
		this.#options = options;
		this.#sent = options.since;
		this.#unwatch = options.hub.watch(options.runId, () => this.#schedule(COALESCE_MS));
		this.#schedule(0);
	}

	stop(): void {
		if (this.#ended) return;
		this.#ended = true;
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#unwatch();
		this.#options.close();
	}

	#schedule(afterMs: number): void {
		if (this.#ended || this.#timer !== null) return;
		if (this.#reading) {
			this.#again = true;
			return;
		}
		this.#timer = setTimeout(() => void this.#read(), afterMs);
	}

	async #read(): Promise<void> {
		this.#timer = null;
		this.#reading = true;
		try {
			await this.#advance();
		} catch {
			// The database could not be read. The page hears nothing, says so, and comes back.
			this.stop();
		} finally {
			this.#reading = false;
			if (this.#again) {
				this.#again = false;
				this.#schedule(COALESCE_MS);
			}
		}
	}

	async #advance(): Promise<void> {
		const { backend, instanceId, runId } = this.#options;
		const instance = await backend.getInstance(instanceId);
		if (this.#ended) return;
		if (instance === null || instance.runId !== runId) {
			this.#send(sseEvent("gone", { runId: instance?.runId ?? null }));
			this.stop();
			return;
		}
		if (this.#sent === null || this.#sent > instance.version) await this.#sendWhole();
		else if (this.#sent < instance.version) await this.#sendDelta(this.#sent);
		if (isTerminal(instance.status) && this.#sent !== null) {
			this.#send(sseEvent("end", { version: this.#sent }, this.#sent));
			this.stop();
		}
	}

	async #sendWhole(): Promise<void> {
		const state = await this.#options.loadState();
		const { version } = state.snapshot.instance;
		this.#sendBounded(sseEvent("snapshot", this.#options.shown(state), version), version);
	}

	async #sendDelta(base: number): Promise<void> {
		const snapshot = await this.#options.backend.getSnapshot(this.#options.runId, base);
		if (snapshot === null) return;
		const { version } = snapshot.instance;
		this.#sendBounded(sseEvent("delta", this.#options.shown({ base, snapshot }), version), version);
	}

	#sendBounded(text: string, version: number): void {
		this.#send(text.length > MAX_EVENT_CHARS ? sseEvent("refetch", { version }, version) : text);
		this.#sent = version;
	}

	#send(text: string): void {
		if (!this.#ended && !this.#options.send(text)) this.stop();
	}
}
