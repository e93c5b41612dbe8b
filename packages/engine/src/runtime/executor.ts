import type { Grant, HeldLease, SettleCommand, SettleOutcome, SettleResult } from "../backend/commands.ts";
import type { Workflow } from "../core/builder/workflow.ts";
import { BackendClosedError, type WaymarkError } from "../core/errors.ts";
import { isTerminal } from "../core/instance/status.ts";
import type { StoredValue } from "../core/stored-value.ts";
import { Alone } from "./alone.ts";
import { carriedOn, NOTHING_CARRIED } from "./carried.ts";
import { Changes } from "./changes.ts";
import { settleAgain } from "./database-calls.ts";
import type { ExecutorPorts } from "./executor-ports.ts";
import { leftToClaim, readyCount, servesAll } from "./follow-up.ts";
import { isLater, type MaybeLater } from "./maybe-later.ts";
import type { NodeAtWork, Work } from "./node-at-work.ts";
import type { Performed } from "./performed.ts";
import { RunningNodes } from "./running-nodes.ts";
import { settleOutcome } from "./settle-outcome.ts";
import { Strays } from "./strays.ts";
import { Turns } from "./turns.ts";

/** A settle that is about to be sent. */
interface Settling {
	readonly command: SettleCommand;
	readonly outcome: SettleOutcome;
	readonly slots: number;
}

const CHAIN_NODES = 50;
const CHAIN_MS = 100;
/** A node that went down with its worker this often is run with nothing beside it. */
const ALONE_AFTER_CRASHES = 2;
const RELEASED = { kind: "released" } as const;

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
	/** A node has ended, or only lingers. */
	readonly #changes = new Changes();
	readonly #alone: Alone;
	readonly #turns: Turns;

	constructor(ports: ExecutorPorts) {
		this.#ports = ports;
		this.#turns = new Turns(ports.clock, ports.timers);
		this.#alone = new Alone(ports.timers, this.#changes, this.#running);
		this.#free = ports.slots;
		this.#outcomePorts = { random: ports.random, encode: (value) => ports.codecs.encode(value) };
	}

	/** Slots that hold nothing. */
	get free(): number {
		return this.#draining || this.#alone.isTaken ? 0 : Math.max(this.#free, 0);
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
	launch(grants: readonly Grant[], owner: string, carried = NOTHING_CARRIED): void {
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

	/**
	 * Node after node, until the chain ends, parks or gives its slot to others. One async function for all of it, for each
	 * promise that is made in here is paid at every step.
	 */
	async #drive(first: Work): Promise<void> {
		try {
			for (let work: Work | null = first; work !== null && this.#ports.lease.holds(work.owner); ) {
				const node = this.#running.begin(this.#ports, work);
				try {
					work = null;
					const now = this.#perform(node);
					const performed = isLater(now) ? await now : now;
					// Here, for between a settle and the node that follows its lease would look like one that nobody works on.
					const { owed } = this.#turns;
					if (owed !== null) await owed;
					const settling = this.#settling(node, performed);
					if (settling !== null) {
						let result: SettleResult;
						try {
							result = await this.#ports.backend.settle(settling.command);
						} catch (error) {
							result = await settleAgain(this.#ports, settling.command, error);
						} finally {
							this.#settled(settling);
						}
						work = this.#follow(node.work, performed, settling, result);
					}
					if (performed.lingering !== null) await this.#linger(node, performed.lingering);
				} finally {
					this.#end(node);
				}
			}
		} catch (error) {
			// Its row still names this incarnation as its owner: only expiry can free it now.
			this.#ports.lease.abandon();
			if (!BackendClosedError.is(error)) this.#ports.log.error("a node could not be settled", { error: String(error) });
		}
	}

	#end(node: NodeAtWork): void {
		this.#running.remove(node);
		this.#changes.tell();
		if (this.#alone.end(node)) this.#ports.onDue(0);
	}

	/** What must run alone while another does is given back. */
	#perform(node: NodeAtWork): MaybeLater<Performed> {
		if (node.workflow === null || node.work.grant.crashes < ALONE_AFTER_CRASHES) return node.perform();
		return this.#alone.isTaken ? node.notPerformed() : this.#performAlone(node);
	}

	async #performAlone(node: NodeAtWork): Promise<Performed> {
		await this.#alone.take(node);
		return node.perform();
	}

	/** The slot stays taken for as long as the user code runs, though its attempt has ended. */
	async #linger(node: NodeAtWork, lingering: Promise<void>): Promise<void> {
		this.#running.remove(node);
		this.#lingering += 1;
		this.#changes.tell();
		this.#ports.onFree();
		await lingering;
		this.#lingering -= 1;
	}

	/** Goes on with what the settle granted: the first in this slot, the others in slots of their own. */
	#follow(work: Work, performed: Performed, { outcome, slots }: Settling, result: SettleResult): Work | null {
		if (result.kind !== "fenced" && isTerminal(result.status)) this.#tellEnd(work, performed);
		if (result.kind !== "settled") return null;
		this.#stopRevoked(work.grant, outcome);
		this.#announce(outcome, leftToClaim(outcome, slots) > result.grants.length);
		// The answer to a settle that was sent twice may name leases that are at work here already.
		const grants = result.replayed ? result.grants.filter((grant) => !this.#running.has(grant)) : result.grants;
		const [first] = grants;
		if (first === undefined) return null;
		const carried = carriedOn(work.grant, work.carried, performed);
		this.#free -= grants.length - 1;
		for (const grant of grants) if (grant !== first) this.#start(this.#work(grant, work.owner, carried));
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
		if (this.#draining || this.#alone.isTaken || performed.lingering !== null || ready === 0) return 0;
		if (!lease.holds(owner) || !servesAll(tags, workflow, outcome)) return 0;
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

	/** Null: whoever takes the node over settles it. */
	#settling({ work, workflow, isLeased }: NodeAtWork, performed: Performed): Settling | null {
		// Cut off because the lease ran out: whoever takes it over counts the attempt. Given back, it would run again uncounted.
		if (performed.kind === "aborted" && !isLeased) return null;
		const { grant, owner } = work;
		const { runId, path, epoch } = grant;
		const { startedAt, finishedAt } = performed;
		const outcome = workflow === null ? RELEASED : settleOutcome(workflow, grant, performed, this.#outcomePorts);
		const slots = workflow === null ? 0 : this.#reserve(work, workflow, performed, outcome);
		this.#strays.settling(runId);
		return { command: { runId, path, owner, epoch, startedAt, finishedAt, outcome, slots }, outcome, slots };
	}

	#settled({ command, slots }: Settling): void {
		this.#strays.settled(command.runId);
		this.#free += Math.max(slots - 1, 0);
	}
}
