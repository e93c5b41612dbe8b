import type { Grant, HeldLease, SettleCommand, SettleOutcome, SettleResult } from "../backend/commands.ts";
import type { Workflow } from "../core/builder/workflow.ts";
import { BackendClosedError, LeaseLostError, TaskCancelledError, type WaymarkError } from "../core/errors.ts";
import type { StoredValue } from "../core/stored-value.ts";
import { Changes } from "./changes.ts";
import { patientReads, sendSettle } from "./database-calls.ts";
import type { ExecutorPorts } from "./executor-ports.ts";
import { carriedOn, readyCount, servesAll } from "./follow-up.ts";
import { type Performed, perform } from "./perform.ts";
import { readValue } from "./read-value.ts";
import { settleOutcome } from "./settle-outcome.ts";
import { Strays } from "./strays.ts";

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
/** How long the worker stands still for it: a task that hangs must not keep everybody else from work for ever. */
const ALONE_WITHIN_MS = 30_000;

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
	readonly #strays = new Strays();
	/** Slots held by user code alone that ignored its abort: its attempt has been settled. */
	#lingering = 0;
	/** The node that runs, or is about to run, alone. */
	#suspect: string | null = null;
	/** A node has ended, or only lingers. */
	readonly #changes = new Changes();

	constructor(ports: ExecutorPorts) {
		this.#ports = ports;
		this.#free = ports.slots;
	}

	/** Slots that hold nothing. */
	get free(): number {
		return this.#draining || this.#suspect !== null ? 0 : Math.max(this.#free, 0);
	}

	/** Whether nothing is left to settle. User code that ignored its abort may linger: it keeps its slot. */
	get isIdle(): boolean {
		return this.#drives.size === this.#lingering;
	}

	/** The order number of the newest launch, for reconcile(). */
	get sequence(): number {
		return this.#sequence;
	}

	/** Sets all free slots aside for a claim; what the claim does not fill goes back with giveBack(). */
	setAside(): number {
		const slots = this.free;
		this.#free -= slots;
		this.#strays.claims += 1;
		return slots;
	}

	/** Ends what setAside() began. */
	giveBack(slots: number): void {
		this.#free += slots;
		this.#strays.claims -= 1;
	}

	/** Takes on grants for slots that were set aside. */
	launch(grants: readonly Grant[], owner: string): void {
		for (const grant of grants) this.#start(this.#work(grant, owner, new Map()));
	}

	/** Resolves when nothing is left to settle. */
	async idle(): Promise<void> {
		while (!this.isIdle) await this.#changes.next();
	}

	/** Resolves when no user code runs any more, also none that ignored its abort. */
	async ended(): Promise<void> {
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

	/** See Strays. Call it right after the look. */
	async releaseStrays(held: readonly HeldLease[], owner: string): Promise<void> {
		const given = await this.#strays.release(this.#ports, held, owner, (lease) => this.#running.has(keyOf(lease)));
		if (given > 0) this.#ports.onDue(0);
	}

	#work(grant: Grant, owner: string, carried: Work["carried"], chain?: Work["chain"]): Work {
		return { grant, owner, carried, chain: chain ?? { since: this.#ports.clock.monotonic(), nodes: 0 } };
	}

	#start(work: Work): void {
		const drive = this.#drive(work).finally(() => {
			this.#drives.delete(drive);
			this.#free += 1;
			this.#changes.tell();
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
			const performed = await perform(workflow, grant, abort, this.#performPorts(workflow, work, abort.signal));
			const next = await this.#settlePerformed(work, workflow, performed);
			if (performed.lingering !== null) await this.#linger(key, performed.lingering);
			return next;
		} finally {
			this.#running.delete(key);
			this.#changes.tell();
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
		let isOver = false;
		const patience = this.#ports.timers.after(ALONE_WITHIN_MS, () => {
			isOver = true;
			this.#changes.tell();
		});
		while (this.#running.size > 1 && !isOver) await this.#changes.next();
		patience.cancel();
	}

	/** The slot stays taken for as long as the user code runs, though its attempt has ended. */
	async #linger(key: string, lingering: Promise<void>): Promise<void> {
		this.#running.delete(key);
		this.#lingering += 1;
		this.#changes.tell();
		this.#ports.onFree();
		await lingering;
		this.#lingering -= 1;
	}

	#performPorts(workflow: Workflow, work: Work, signal: AbortSignal) {
		const { grant, carried } = work;
		const { clock, timers, codecs, log, cancelGraceMs, lease } = this.#ports;
		const isLeased = () => work.owner === lease.workerId && lease.isValid;
		const origin = {
			backend: patientReads(this.#ports, work, signal),
			graph: workflow.graph,
			runId: grant.runId,
			codecs,
			carried,
		};
		return { clock, timers, codecs, log, cancelGraceMs, isLeased, readInput: () => readValue(origin, grant.input) };
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
		this.#stopRevoked(work.grant, outcome);
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

	/** A failure for good revokes the leases of what ends with it: here that is known at once, with no look. */
	#stopRevoked({ runId, path }: Grant, outcome: SettleOutcome): void {
		const below = outcome.kind === "failed" ? "" : outcome.kind === "completed" ? outcome.closes : null;
		if (below === null) return;
		for (const { grant, abort } of this.#running.values()) {
			const isRevoked = grant.runId === runId && grant.path !== path && grant.path.startsWith(below);
			if (isRevoked) abort.abort(new LeaseLostError(grant.path));
		}
	}

	/** How many leases to ask for: this slot, and free ones for siblings. Those are taken while the settle is under way. */
	#reserve({ owner, chain }: Work, performed: Performed, ready: number): number {
		const { clock, lease } = this.#ports;
		if (this.#draining || this.#suspect !== null || performed.lingering !== null || ready === 0) return 0;
		if (owner !== lease.workerId || !lease.isValid) return 0;
		const isLong = chain.nodes >= CHAIN_NODES || clock.monotonic() - chain.since >= CHAIN_MS;
		if (isLong && this.#ports.isStarving()) return 0;
		// A settle that was sent twice may have been granted more than it reserved.
		const extra = Math.max(Math.min(ready - 1, this.#free), 0);
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
		const { runId, path, epoch } = grant;
		const now = this.#ports.clock.now();
		const { startedAt, finishedAt } = performed ?? { startedAt: now, finishedAt: now };
		const command: SettleCommand = { runId, path, owner, epoch, startedAt, finishedAt, outcome, slots };
		return this.#strays.during(runId, () => sendSettle(this.#ports, command));
	}
}

function keyOf({ runId, path, epoch }: Pick<Grant, "runId" | "path" | "epoch">): string {
	return `${runId} ${path} ${epoch}`;
}
