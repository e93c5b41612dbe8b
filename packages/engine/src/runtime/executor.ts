import type { Grant, HeldLease, SettleCommand, SettleOutcome, SettleResult } from "../backend/commands.ts";
import type { PersistentBackend } from "../backend/contract.ts";
import type { TaskLogger } from "../core/builder/task-context.ts";
import type { Workflow } from "../core/builder/workflow.ts";
import type { Clock } from "../core/clock.ts";
import type { Codecs } from "../core/codec/codec.ts";
import { BackendClosedError, LeaseLostError, TaskCancelledError, type WaymarkError } from "../core/errors.ts";
import type { StoredValue } from "../core/stored-value.ts";
import { carriedOn, readyCount, servesAll } from "./follow-up.ts";
import type { LeaseHolder } from "./lease-holder.ts";
import { type Performed, perform } from "./perform.ts";
import { readValue } from "./read-value.ts";
import type { Registry } from "./registry.ts";
import { settleOutcome } from "./settle-outcome.ts";

export interface ExecutorPorts {
	readonly backend: PersistentBackend;
	readonly lease: LeaseHolder;
	readonly registry: Registry;
	readonly codecs: Codecs;
	readonly clock: Clock;
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

interface Work {
	readonly grant: Grant;
	readonly owner: string;
	/** Values at hand, by bare reference. */
	readonly carried: ReadonlyMap<string, StoredValue>;
	readonly chain: { readonly since: number; nodes: number };
}

interface Running {
	readonly grant: Grant;
	readonly abort: AbortController;
	/** Order of launching: a look at the database says nothing about what was granted after it. */
	readonly sequence: number;
}

const CHAIN_NODES = 50;
const CHAIN_MS = 100;
/** A node that went down with its worker this often is run with nothing beside it. */
const ALONE_AFTER_CRASHES = 2;

/**
 * Turns grants into settles: performs the node, settles it, and goes on with what that settle granted, so that a
 * chain costs one commit a node. A slot is held from a grant until its chain ends or parks.
 */
export class Executor {
	readonly #ports: ExecutorPorts;
	readonly #running = new Map<string, Running>();
	readonly #drives = new Set<Promise<void>>();
	#free: number;
	#sequence = 0;
	#draining = false;
	/** The node that runs, or is about to run, alone. */
	#suspect: string | null = null;
	/** Told whenever a node has ended. */
	#ended: () => void = () => undefined;

	constructor(ports: ExecutorPorts) {
		this.#ports = ports;
		this.#free = ports.slots;
	}

	/** Slots that hold nothing. */
	get free(): number {
		return this.#draining || this.#suspect !== null ? 0 : this.#free;
	}

	get isIdle(): boolean {
		return this.#drives.size === 0;
	}

	/** The order number of the newest launch, for reconcile(). */
	get sequence(): number {
		return this.#sequence;
	}

	/** Sets all free slots aside for a claim; what the claim does not fill goes back with giveBack(). */
	setAside(): number {
		const slots = this.free;
		this.#free -= slots;
		return slots;
	}

	giveBack(slots: number): void {
		this.#free += slots;
	}

	/** Takes on grants for slots that were set aside. */
	launch(grants: readonly Grant[], owner: string): void {
		for (const grant of grants) this.#start(this.#work(grant, owner, new Map()));
	}

	/** Resolves when nothing runs any more. */
	async idle(): Promise<void> {
		while (this.#drives.size > 0) await Promise.all(this.#drives);
	}

	/** From now on chains end at their next node and nothing new is taken on. */
	drain(): void {
		this.#draining = true;
	}

	/** Tells everything that runs to stop. */
	abortAll(reason: (path: string) => WaymarkError): void {
		for (const { abort, grant } of this.#running.values()) abort.abort(reason(grant.path));
	}

	/** Stops what the database says is cancelled, or no longer ours. `upTo`: sequence when the look was taken. */
	reconcile(held: readonly HeldLease[], upTo: number): void {
		const leases = new Map(held.map((lease) => [keyOf(lease), lease]));
		for (const [key, { abort, grant, sequence }] of this.#running) {
			if (sequence > upTo || abort.signal.aborted) continue;
			const lease = leases.get(key);
			if (lease === undefined) abort.abort(new LeaseLostError(grant.path));
			else if (lease.control === "cancelling") abort.abort(new TaskCancelledError(grant.path));
		}
	}

	#work(grant: Grant, owner: string, carried: Work["carried"], chain?: Work["chain"]): Work {
		return { grant, owner, carried, chain: chain ?? { since: this.#ports.clock.monotonic(), nodes: 0 } };
	}

	#start(work: Work): void {
		const drive = this.#drive(work).finally(() => {
			this.#drives.delete(drive);
			this.#free += 1;
			this.#ports.onFree();
		});
		this.#drives.add(drive);
	}

	async #drive(first: Work): Promise<void> {
		try {
			for (let work: Work | null = first; work !== null; ) work = await this.#node(work);
		} catch (error) {
			// Its row still names this incarnation as its owner: only expiry can free it now.
			this.#ports.lease.abandon();
			if (!BackendClosedError.is(error)) this.#ports.log.error("a node could not be settled", { error: String(error) });
		}
	}

	/** One node: perform, settle, and what to go on with in this slot. */
	async #node(work: Work): Promise<Work | null> {
		const { grant, owner } = work;
		const { lease, registry } = this.#ports;
		const workflow = registry.byHash(grant.definitionHash);
		if (owner !== lease.workerId || !lease.isValid) return null;
		const abort = new AbortController();
		const key = keyOf(grant);
		this.#sequence += 1;
		this.#running.set(key, { grant, abort, sequence: this.#sequence });
		try {
			const isSuspect = grant.crashes >= ALONE_AFTER_CRASHES;
			if (workflow === null || (isSuspect && this.#suspect !== null)) {
				await this.#settle(work, null, { kind: "released" }, 0);
				return null;
			}
			if (isSuspect) await this.#untilAlone(key);
			const performed = await perform(workflow, grant, abort, this.#performPorts(workflow, work));
			const next = await this.#settlePerformed(work, workflow, performed);
			await performed.lingering;
			return next;
		} finally {
			this.#running.delete(key);
			this.#ended();
			if (this.#suspect === key) {
				this.#suspect = null;
				this.#ports.onDue(0);
			}
		}
	}

	/**
	 * Waits until nothing else runs here. Meanwhile nothing new is taken on and chains end at their next node, so that
	 * a task that kills its process takes nobody else's attempts with it.
	 */
	async #untilAlone(key: string): Promise<void> {
		this.#suspect = key;
		while (this.#running.size > 1) {
			await new Promise<void>((resolve) => {
				this.#ended = resolve;
			});
		}
	}

	#performPorts(workflow: Workflow, { grant, carried }: Work) {
		const { backend, clock, codecs, log, cancelGraceMs } = this.#ports;
		const origin = { backend, graph: workflow.graph, runId: grant.runId, codecs, carried };
		return { clock, codecs, log, cancelGraceMs, readInput: () => readValue(origin, grant.input) };
	}

	async #settlePerformed(work: Work, workflow: Workflow, performed: Performed): Promise<Work | null> {
		const { codecs, random } = this.#ports;
		const encode = (value: unknown) => codecs.encode(value);
		const outcome = settleOutcome(workflow, work.grant, performed, { random, encode });
		const ready = readyCount(outcome);
		const reserved = servesAll(this.#ports.tags, workflow, outcome) ? this.#reserve(work, performed, ready) : 0;
		let result: SettleResult;
		try {
			result = await this.#settle(work, performed, outcome, reserved);
		} finally {
			this.#free += Math.max(reserved - 1, 0);
		}
		if (result.kind !== "settled") return null;
		this.#announce(outcome, ready - result.grants.length);
		// The answer to a settle that was sent twice may name leases that are at work here already.
		const [first, ...others] = result.grants.filter((grant) => !this.#running.has(keyOf(grant)));
		if (first === undefined) return null;
		const carried = carriedOn(work.grant, work.carried, performed);
		this.#free -= others.length;
		for (const grant of others) this.#start(this.#work(grant, work.owner, carried));
		work.chain.nodes += 1;
		return this.#work(first, work.owner, carried, work.chain);
	}

	/** How many leases to ask for: this slot, and free ones for siblings. Those are taken while the settle is under way. */
	#reserve({ owner, chain }: Work, performed: Performed, ready: number): number {
		const { clock, lease } = this.#ports;
		if (this.#draining || this.#suspect !== null || performed.lingering !== null || ready === 0) return 0;
		if (owner !== lease.workerId || !lease.isValid) return 0;
		const isLong = chain.nodes >= CHAIN_NODES || clock.monotonic() - chain.since >= CHAIN_MS;
		if (isLong && this.#ports.isStarving()) return 0;
		const extra = Math.min(ready - 1, this.#free);
		this.#free -= extra;
		return 1 + extra;
	}

	/** What this settle left to be claimed, or parked until a time. */
	#announce(outcome: SettleOutcome, ungranted: number): void {
		if (outcome.kind === "retry") this.#ports.onDue(outcome.delayMs);
		if (outcome.kind !== "completed") return;
		if (ungranted > 0) this.#ports.onDue(0);
		for (const { dueInMs } of outcome.open) if (dueInMs !== null) this.#ports.onDue(dueInMs);
	}

	/** A settle whose answer was lost is sent again: it finds its own checkpoint and answers as before. */
	async #settle(
		{ grant, owner }: Work,
		performed: Performed | null,
		outcome: SettleOutcome,
		slots: number,
	): Promise<SettleResult> {
		const { backend, clock, lease, log } = this.#ports;
		const { runId, path, epoch } = grant;
		const now = clock.now();
		const { startedAt, finishedAt } = performed ?? { startedAt: now, finishedAt: now };
		const command: SettleCommand = { runId, path, owner, epoch, startedAt, finishedAt, outcome, slots };
		for (let pause = 50; ; pause = Math.min(pause * 2, 5_000)) {
			try {
				return await backend.settle(command);
			} catch (error) {
				if (BackendClosedError.is(error) || (owner === lease.workerId && !lease.isValid)) throw error;
				log.warn("a settle failed and is sent again", { path, runId, error: String(error) });
				await new Promise((resolve) => setTimeout(resolve, pause));
			}
		}
	}
}

function keyOf({ runId, path, epoch }: Pick<Grant, "runId" | "path" | "epoch">): string {
	return `${runId} ${path} ${epoch}`;
}
