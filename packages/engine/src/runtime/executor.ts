import type { Grant, HeldLease, SettleCommand, SettleOutcome, SettleResult } from "../backend/commands.ts";
import type { Workflow } from "../core/builder/workflow.ts";
import { BackendClosedError, type WaymarkError } from "../core/errors.ts";
import { isTerminal } from "../core/instance/status.ts";
import type { StoredValue } from "../core/stored-value.ts";
import { AttemptAbort } from "./attempt-abort.ts";
import { Changes } from "./changes.ts";
import { patientReads, settleAgain } from "./database-calls.ts";
import type { ExecutorPorts } from "./executor-ports.ts";
import { carriedOn, leftToClaim, readyCount, servesAll } from "./follow-up.ts";
import { isLater, type MaybeLater } from "./maybe-later.ts";
import { perform } from "./perform.ts";
import type { Performed, PerformPorts } from "./performed.ts";
import { isCarried, readCarried, readValue } from "./read-value.ts";
import { keyOf, RunningNodes } from "./running-nodes.ts";
import { settleOutcome } from "./settle-outcome.ts";
import { Strays } from "./strays.ts";
import { Turns } from "./turns.ts";

interface Work {
	readonly grant: Grant;
	readonly owner: string;
	/** Values at hand, by bare reference. */
	readonly carried: ReadonlyMap<string, StoredValue>;
	readonly chain: { readonly since: number; nodes: number };
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
	readonly #running = new RunningNodes();
	readonly #outcomePorts: { readonly random: () => number; readonly encode: (value: unknown) => StoredValue };
	readonly #drives = new Set<Promise<void>>();
	#free: number;
	#draining = false;
	readonly #strays = new Strays();
	/** Slots held by user code alone that ignored its abort: its attempt has been settled. */
	#lingering = 0;
	/** The node that runs, or is about to run, alone. */
	#suspect: string | null = null;
	/** A node has ended, or only lingers. */
	readonly #changes = new Changes();
	readonly #turns: Turns;

	constructor(ports: ExecutorPorts) {
		this.#ports = ports;
		this.#turns = new Turns(ports.clock, ports.timers);
		this.#free = ports.slots;
		this.#outcomePorts = { random: ports.random, encode: (value) => ports.codecs.encode(value) };
	}

	/** Slots that hold nothing. */
	get free(): number {
		return this.#draining || this.#suspect !== null ? 0 : Math.max(this.#free, 0);
	}

	/** Whether nothing is left to settle. User code that ignored its abort may linger: it keeps its slot. */
	get isIdle(): boolean {
		return this.#drives.size === this.#lingering;
	}

	/** Call it right before a look at what is held. Answers the order number of the newest launch, for reconcile(). */
	beginLook(): number {
		this.#strays.look();
		return this.#running.sequence;
	}

	/** Sets all free slots aside for a claim; what the claim does not fill goes back with giveBack(). */
	setAside(): number {
		const slots = this.free;
		this.#free -= slots;
		this.#strays.claims += 1;
		return slots;
	}

	/** Sets up to so many free slots aside for what is about to be granted; if any, end it with giveBack(). */
	reserve(wanted: number): number {
		const slots = Math.min(this.free, wanted);
		if (slots === 0) return 0;
		this.#free -= slots;
		this.#strays.claims += 1;
		return slots;
	}

	/** Ends what setAside() or reserve() began. */
	giveBack(slots: number): void {
		this.#free += slots;
		this.#strays.claims -= 1;
	}

	/** Takes on grants for slots that were set aside, with values of their run that are at hand. */
	launch(grants: readonly Grant[], owner: string, carried: ReadonlyMap<string, StoredValue> = new Map()): void {
		for (const grant of grants) this.#start(this.#work(grant, owner, carried));
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
		this.#running.abortAll(reason);
	}

	/** Stops what the database says is cancelled, or no longer ours. `upTo`: sequence when the look was taken. */
	reconcile(held: readonly HeldLease[], upTo: number): void {
		this.#running.reconcile(held, upTo);
	}

	/** See Strays. Call it right after the look. */
	async releaseStrays(held: readonly HeldLease[], owner: string): Promise<void> {
		const given = await this.#strays.release(this.#ports, held, owner, (lease) => this.#running.has(lease));
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
		const abort = new AttemptAbort();
		const key = keyOf(grant);
		this.#running.add(key, grant, abort);
		try {
			const isSuspect = grant.crashes >= ALONE_AFTER_CRASHES;
			if (workflow === null || (isSuspect && this.#suspect !== null)) {
				await this.#settle(work, null, { kind: "released" }, 0);
				return null;
			}
			if (isSuspect) await this.#untilAlone(key);
			const now = perform(workflow, grant, abort, this.#performPorts(workflow, work, abort));
			const performed = isLater(now) ? await now : now;
			// Here, for between a settle and the node that follows its lease would look like one that nobody works on.
			const { owed } = this.#turns;
			if (owed !== null) await owed;
			// Cut off because the lease ran out: whoever takes it over counts the attempt. Given back, it would run again uncounted.
			const isLeft = performed.kind === "aborted" && !(owner === lease.workerId && lease.isValid);
			let next: Work | null = null;
			if (!isLeft) {
				const outcome = settleOutcome(workflow, grant, performed, this.#outcomePorts);
				const slots = this.#reserve(work, workflow, performed, outcome);
				const result = await this.#settle(work, performed, outcome, slots);
				next = this.#follow(work, performed, outcome, slots, result);
			}
			if (performed.lingering !== null) await this.#linger(key, performed.lingering);
			return next;
		} finally {
			this.#running.remove(key);
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
		this.#running.remove(key);
		this.#lingering += 1;
		this.#changes.tell();
		this.#ports.onFree();
		await lingering;
		this.#lingering -= 1;
	}

	#performPorts(workflow: Workflow, work: Work, abort: AttemptAbort): PerformPorts {
		const { clock, timers, codecs, log, cancelGraceMs, lease } = this.#ports;
		const isLeased = () => work.owner === lease.workerId && lease.isValid;
		const readInput = () => this.#readInput(workflow, work, abort);
		return { clock, timers, codecs, log, cancelGraceMs, isLeased, readInput };
	}

	#readInput({ graph }: Workflow, work: Work, abort: AttemptAbort): MaybeLater<unknown> {
		const { carried, grant } = work;
		const { codecs } = this.#ports;
		if (isCarried(grant.input, carried)) return readCarried(grant.input, carried, codecs);
		const backend = patientReads(this.#ports, work, abort);
		return readValue({ backend, graph, runId: grant.runId, codecs, carried }, grant.input);
	}

	/** Goes on with what the settle granted: the first in this slot, the others in slots of their own. */
	#follow(work: Work, performed: Performed, outcome: SettleOutcome, slots: number, result: SettleResult): Work | null {
		if (result.kind !== "fenced" && isTerminal(result.status)) this.#tellEnd(work, performed);
		if (result.kind !== "settled") return null;
		this.#stopRevoked(work.grant, outcome);
		this.#announce(outcome, leftToClaim(outcome, slots) > result.grants.length);
		// The answer to a settle that was sent twice may name leases that are at work here already.
		const grants = result.replayed ? result.grants.filter((grant) => !this.#running.has(grant)) : result.grants;
		const [first, ...others] = grants;
		if (first === undefined) return null;
		const carried = carriedOn(work.grant, work.carried, performed);
		this.#free -= others.length;
		for (const grant of others) this.#start(this.#work(grant, work.owner, carried));
		work.chain.nodes += 1;
		return this.#work(first, work.owner, carried, work.chain);
	}

	#tellEnd({ grant, carried }: Work, performed: Performed): void {
		const { runs } = this.#ports.vicinity;
		if (!runs.isAwaited(grant.instanceId)) return;
		runs.ended(grant.instanceId, { runId: grant.runId, carried: carriedOn(grant, carried, performed) });
	}

	/** A failure for good revokes the leases of what ends with it: here that is known at once, with no look. */
	#stopRevoked(grant: Grant, outcome: SettleOutcome): void {
		const below = outcome.kind === "failed" ? "" : outcome.kind === "completed" ? outcome.closes : null;
		if (below !== null) this.#running.stopBelow(below, grant);
	}

	/** How many leases to ask for: this slot, and free ones for siblings. Those are taken while the settle is under way. */
	#reserve({ owner, chain }: Work, workflow: Workflow, performed: Performed, outcome: SettleOutcome): number {
		const { clock, lease, tags } = this.#ports;
		const ready = readyCount(outcome);
		if (this.#draining || this.#suspect !== null || performed.lingering !== null || ready === 0) return 0;
		if (owner !== lease.workerId || !lease.isValid || !servesAll(tags, workflow, outcome)) return 0;
		const isLong = chain.nodes >= CHAIN_NODES || clock.monotonic() - chain.since >= CHAIN_MS;
		if (isLong && this.#ports.isStarving()) return 0;
		// A settle that was sent twice may have been granted more than it reserved.
		const extra = Math.max(Math.min(ready - 1, this.#free), 0);
		this.#free -= extra;
		return 1 + extra;
	}

	/** What this settle left to be claimed, or parked until a time. */
	#announce(outcome: SettleOutcome, isLeft: boolean): void {
		if (outcome.kind === "retry") this.#ports.onDue(outcome.delayMs);
		if (outcome.kind !== "completed") return;
		if (isLeft) this.#ports.onDue(0);
		for (const { dueInMs } of outcome.open) if (dueInMs !== null) this.#ports.onDue(dueInMs);
	}

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
		this.#strays.settling(runId);
		try {
			return await this.#ports.backend.settle(command);
		} catch (error) {
			return await settleAgain(this.#ports, command, error);
		} finally {
			this.#strays.settled(runId);
			this.#free += Math.max(slots - 1, 0);
		}
	}
}
