import type { Grant, HeldLease } from "../backend/commands.ts";
import { LeaseLostError, TaskCancelledError, type WaymarkError } from "../core/errors.ts";
import type { ExecutorPorts } from "./executor-ports.ts";
import { keyOf, NodeAtWork, type Work } from "./node-at-work.ts";

/** The nodes at work in this process, by lease, and what tells them to stop. */
export class RunningNodes {
	readonly #byKey = new Map<string, NodeAtWork>();
	#sequence = 0;

	get size(): number {
		return this.#byKey.size;
	}

	/** The order number of the newest launch. */
	get sequence(): number {
		return this.#sequence;
	}

	begin(ports: ExecutorPorts, work: Work): NodeAtWork {
		this.#sequence += 1;
		const node = new NodeAtWork(ports, work, this.#sequence);
		this.#byKey.set(node.key, node);
		return node;
	}

	remove({ key }: NodeAtWork): void {
		this.#byKey.delete(key);
	}

	has(lease: Pick<Grant, "runId" | "path" | "epoch">): boolean {
		return this.#byKey.has(keyOf(lease));
	}

	/** Tells everything that runs to stop. */
	abortAll(reason: (path: string) => WaymarkError): void {
		for (const { abort, work } of this.#byKey.values()) abort.abort(reason(work.grant.path));
	}

	/** Stops what the database says is cancelled, or no longer ours. `upTo`: sequence when the look was taken. */
	reconcile(held: readonly HeldLease[], upTo: number): void {
		const leases = new Map(held.map((lease) => [keyOf(lease), lease]));
		for (const [key, { abort, work, sequence }] of this.#byKey) {
			if (sequence > upTo || abort.isAborted) continue;
			const lease = leases.get(key);
			if (lease === undefined) abort.abort(new LeaseLostError(work.grant.path));
			else if (lease.control === "cancelling") abort.abort(new TaskCancelledError(work.grant.path));
		}
	}

	/** Stops the others of a run whose path begins so: their leases were revoked. */
	stopBelow(prefix: string, { runId, path }: Grant): void {
		for (const { abort, work } of this.#byKey.values()) {
			const { grant } = work;
			const isRevoked = grant.runId === runId && grant.path !== path && grant.path.startsWith(prefix);
			if (isRevoked) abort.abort(new LeaseLostError(grant.path));
		}
	}
}
