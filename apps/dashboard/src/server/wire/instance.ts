/** One instance, as it is and as it changes, and its values. */
import type { DefinitionRecord, WorkflowSnapshot } from "@waymark/engine/backend";

/** Everything the instance page shows: `GET /api/instances/{id}`. */
export interface InstanceState {
	/** The database's clock when it was read, ms since the epoch. */
	readonly now: number;
	readonly snapshot: WorkflowSnapshot;
	readonly definition: DefinitionRecord;
}

/**
 * What changed since `base`. Checkpoints, attempts, control requests and signals are those with a greater version;
 * `snapshot.openNodes` is always the complete list, because rows that are gone cannot be sent as changes.
 */
export interface InstanceDelta {
	readonly base: number;
	readonly snapshot: WorkflowSnapshot;
}

/**
 * Events of `GET /api/instances/{id}/stream?since=version`, by name. `id:` is the version they lead to; `ping` and
 * `gone` have none.
 */
export interface StreamEvents {
	/** The whole state, when the stream was opened without a version. */
	readonly snapshot: InstanceState;
	readonly delta: InstanceDelta;
	/** Too much changed for one event: fetch the state. The stream goes on from that version. */
	readonly refetch: { readonly version: number };
	/** The instance is over, and what was sent last stays true. The stream closes. */
	readonly end: { readonly version: number };
	/** Whoever opened the stream has signed out, or may not see it any more. The stream closes. */
	readonly signedout: object;
	/** Another run has taken the id, or the instance was deleted. The stream closes. */
	readonly gone: { readonly runId: string | null };
	/** At once and every 15 s, so that silence means a dead connection. `now` is the database's clock. */
	readonly ping: { readonly now: number };
}

/** `GET /api/instances/{id}/exists`. */
export interface InstanceExists {
	readonly exists: boolean;
}

/** A name that open waits of one instance await. */
export interface AwaitedSignal {
	readonly signal: string;
	/** Path of the wait that takes the next signal of that name: the one that was opened first. */
	readonly takenBy: string;
	/** How many others wait for that name. */
	readonly others: number;
}

/** `GET /api/instances/{id}/waits`: what a signal would be taken by now, in the order of the waits. */
export interface InstanceWaits {
	readonly now: number;
	readonly awaited: readonly AwaitedSignal[];
}

/** A worker that is known. Times in ms since the epoch, by the database's clock. */
export interface SeenWorker {
	readonly workerId: string;
	readonly name: string;
	/** Where it runs; null: it told nothing. */
	readonly at: { readonly host: string; readonly pid: number } | null;
	/** When it last reported. */
	readonly heartbeatAt: number;
	/** Its leases had ended when it was looked at. */
	readonly isSilent: boolean;
}

/** What no live worker can run, though some are alive. */
export interface Lack {
	/** Of the nodes that it is about. */
	readonly tags: readonly string[];
	/** No live worker has that version of the code. */
	readonly code: boolean;
	/** Tags that no live worker with that code has, all of them or all at once. */
	readonly missing: readonly string[];
}

/** `GET /api/instances/{id}/workers`: who holds something of it, and who could. */
export interface InstanceWorkers {
	readonly now: number;
	/** Those that hold something of it, and then some of the others, so that they can be named. */
	readonly workers: readonly SeenWorker[];
	/** How many are alive, whatever they can run. */
	readonly alive: number;
	/** Of its open nodes; empty while nobody is alive: then that is the news. */
	readonly lacks: readonly Lack[];
}

/**
 * `GET /api/instances/{id}/value?run=…&ref=…[&full=1]`. `text` is JSON text when `encoding` is "text", else the first
 * bytes in hexadecimal. Without `full` at most 64 KiB are sent, with it at most 2 MiB; `truncated` says that bytes are
 * missing. The whole value is at the same address with `download=1`. What is hidden by policy is in none of these; with
 * `omit=1` it is left out, where else dots stand for it.
 */
export interface ValueResponse {
	readonly text: string;
	readonly encoding: "text" | "hex";
	/** Bytes of the whole value. */
	readonly size: number;
	/** Null when the reference holds no bytes of its own. */
	readonly codec: string | null;
	readonly truncated: boolean;
	/** What is wrapped around the stored bytes, outermost first: `case:review`, `done`, `received`, … */
	readonly wrappers: readonly string[];
	/** How many parts of it are hidden by policy. */
	readonly hidden: number;
	/** Where in `text` dots stand in the place of a whole value; empty where the text is truncated. */
	readonly marks: readonly number[];
	/** The keys under which something is hidden, some of them. */
	readonly hiddenKeys: readonly string[];
}

/** `POST /api/instances/{id}/reveal`: the value as `full=1` gives it, but in clear. The audit says who saw it. */
export interface RevealBody {
	readonly ref: string;
	readonly expectedRunId?: string;
}
