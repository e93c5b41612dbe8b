import type { PersistentBackend } from "../backend/contract.ts";
import type { TaskLogger } from "../core/builder/task-context.ts";
import type { Clock, Timers } from "../core/clock.ts";
import type { Codecs } from "../core/codec/codec.ts";
import type { LeaseHolder } from "./lease-holder.ts";
import type { Registry } from "./registry.ts";
import type { Vicinity } from "./vicinity.ts";

/** What an executor needs of the worker or runner that it works for. */
export interface ExecutorPorts {
	readonly backend: PersistentBackend;
	/** Where it tells that an instance has ended. */
	readonly vicinity: Vicinity;
	readonly lease: LeaseHolder;
	readonly registry: Registry;
	readonly codecs: Codecs;
	readonly clock: Clock;
	readonly timers: Timers;
	readonly random: () => number;
	readonly log: TaskLogger;
	readonly slots: number;
	readonly cancelGraceMs: number;
	/** Tags served here: what asks for others is left ownerless. */
	readonly tags: readonly string[];
	/** Whether other work waits for a slot: long chains then give theirs back. */
	isStarving(): boolean;
	/** A slot came free. */
	onFree(): void;
	/** Something will be due in so many ms (0: now) that nobody holds. */
	onDue(inMs: number): void;
}
