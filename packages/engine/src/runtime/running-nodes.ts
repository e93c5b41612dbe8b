import type { Grant, HeldLease } from "../backend/commands.ts";
import { LeaseLostError, TaskCancelledError, type WaymarkError } from "../core/errors.ts";
import type { AttemptAbort } from "./attempt-abort.ts";

interface Running {
	readonly grant: Grant;
	readonly abort: AttemptAbort;
	/** Order of launching: a look at the database says nothing about what was granted after it. */
	readonly sequence: number;
}

/** The nodes at work in this process, by lease, and what tells them to stop. */
export class RunningNodes {
	readonly #byKey = new Map<string, Running>();
	#sequence = 0;

	get size(): number {
		return this.#byKey.size;
	}

	/** The order number of the newest launch. */
	get sequence(): number {
		return this.#sequence;
	}

	add(key: string, grant: Grant, abort: AttemptAbort): void {
		this.#sequence += 1;
		this.#byKey.set(key, { grant, abort, sequence: this.#sequence });
	}

	remove(key: string): void {
		this.#byKey.delete(key);
	}

	has(lease: Pick<Grant, "runId" | "path" | "epoch">): boolean {
		return this.#byKey.has(keyOf(lease));
	}

	/** Tells everything that runs to stop. */
	abortAll(reason: (path: string) => WaymarkError): void {
		for (const { abort, grant } of this.#byKey.values()) abort.abort(reason(grant.path));
	}

	/** Stops what the database says is cancelled, or no longer ours. `upTo`: sequence when the look was taken. */
	reconcile(held: readonly HeldLease[], upTo: number): void {
		const leases = new Map(held.map((lease) => [keyOf(lease), lease]));
		for (const [key, { abort, grant, sequence }] of this.#byKey) {
			if (sequence > upTo || abort.isAborted) continue;
			const lease = leases.get(key);
			if (lease === undefined) abort.abort(new LeaseLostError(grant.path));
			else if (lease.control === "cancelling") abort.abort(new TaskCancelledError(grant.path));
		}
	}

	/** Stops the others of a run whose path begins so: their leases were revoked. */
	stopBelow(prefix: string, { runId, path }: Grant): void {
		for (const { grant, abort } of this.#byKey.values()) {
			const isRevoked = grant.runId === runId && grant.path !== path && grant.path.startsWith(prefix);
			if (isRevoked) abort.abort(new LeaseLostError(grant.path));
		}
	}
}

export function keyOf({ runId, path, epoch }: Pick<Grant, "runId" | "path" | "epoch">): string {
	return `${runId} ${path} ${epoch}`;
}
