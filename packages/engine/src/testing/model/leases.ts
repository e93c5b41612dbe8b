import { type CommitEvent, grantsOf, ownerOf } from "./commit-event.ts";
import { insist } from "./contradiction.ts";

interface Lease {
	readonly owner: string;
	readonly epoch: number;
	readonly attempt: number;
	hasEnded: boolean;
	/** It ended by what happened elsewhere: its owner hears of that only after the fact. */
	wasRevoked: boolean;
	/** Whose revoked lease came before it. */
	readonly heirTo: string | null;
}

/**
 * What must hold of leases whatever the workflows are, from the list of commits alone:
 * at most one live lease a node (I9), epochs that only rise (I10), no settle with a stale one (I10, I11), none granted
 * to a dead owner, and no user code begun under a lease that had run out (I13).
 */
export class LeaseChecker {
	readonly #expiry = new Map<string, number>();
	readonly #processOf = new Map<string, string>();
	readonly #leases = new Map<string, Lease>();
	/** The newest attempt of a node that had an outcome. */
	readonly #ended = new Map<string, number>();
	/** Requests that were carried out: their repetition changes nothing. */
	readonly #retries = new Set<string>();
	readonly #isOwnerShared: boolean;

	/** @param isOwnerShared two processes may go by one incarnation id, so that no process is known by it */
	constructor(isOwnerShared = false) {
		this.#isOwnerShared = isOwnerShared;
	}

	/** @throws Contradiction */
	apply(event: CommitEvent): void {
		switch (event.call) {
			case "registerWorker":
				this.#expiry.set(event.command.workerId, event.at + event.command.leaseMs);
				this.#processOf.set(event.command.workerId, event.by);
				break;
			case "heartbeat": {
				const isLive = this.isLive(event.workerId, event.at);
				insist(
					event.alive === isLive,
					"I9",
					() => `${event.workerId} is ${isLive ? "alive" : "dead"}, and was told otherwise`,
				);
				const isByDatabase = !event.alive || event.expiresAt === event.at + event.leaseMs;
				insist(
					isByDatabase,
					"I12",
					() => `${event.workerId} is leased until ${event.expiresAt}, not by the database's clock`,
				);
				if (event.alive) this.#expiry.set(event.workerId, event.expiresAt);
				break;
			}
			case "retireWorker":
				this.#expiry.delete(event.workerId);
				for (const lease of this.#leases.values()) if (lease.owner === event.workerId) lease.hasEnded = true;
				break;
			case "settle":
				this.#settled(event);
				break;
			case "began":
				this.#began(event);
				break;
			case "ended":
				this.#ended.set(`${event.runId} ${event.path}`, event.attempt);
				break;
			case "control":
				if (event.kind === "retry" && event.result.kind === "accepted" && event.result.changed) {
					if (!this.#retries.has(event.command.requestId)) this.#revoke(event.result.instance.runId);
					this.#retries.add(event.command.requestId);
				}
				break;
			case "create":
			case "claim":
			case "reap":
			case "sendSignal":
			case "delete":
			case "fault":
				break;
		}
		this.#granted(event);
	}

	#granted(event: CommitEvent): void {
		for (const { runId, path, epoch, attempt } of grantsOf(event)) {
			const owner = ownerOf(event);
			const key = `${runId} ${path}`;
			const before = this.#leases.get(key);
			const isFree = before === undefined || before.hasEnded || !this.isLive(before.owner, event.at);
			insist(isFree, "I9", () => `${key} was granted to ${owner} while ${before?.owner} held it`);
			insist(
				before === undefined || epoch > before.epoch,
				"I10",
				() => `${key} was granted with epoch ${epoch} after ${before?.epoch}`,
			);
			insist(this.isLive(owner, event.at), "I9", () => `${key} was granted to ${owner}, which is dead`);
			const heirTo = before?.wasRevoked === true ? before.owner : null;
			this.#leases.set(key, { owner, epoch, attempt, hasEnded: false, wasRevoked: false, heirTo });
		}
	}

	#settled({ command, result }: Extract<CommitEvent, { call: "settle" }>): void {
		if (result.kind === "fenced" || (result.kind === "settled" && result.replayed)) return;
		const key = `${command.runId} ${command.path}`;
		const lease = this.#leases.get(key);
		const isMine = lease !== undefined && lease.owner === command.owner && lease.epoch === command.epoch;
		if (result.kind === "discarded" && lease?.hasEnded === true) return;
		insist(
			isMine && !lease.hasEnded,
			"I10",
			() => `${command.owner} settled ${key}#${command.epoch} without a lease on it`,
		);
		lease.hasEnded = true;
		const { outcome } = command;
		const isThrownAway =
			outcome.kind === "released" && this.#ended.get(key) === lease.attempt && result.kind === "settled";
		insist(
			!isThrownAway || this.#isOwnerShared,
			"I7",
			() => `${key} had an outcome, and was given back as if it had not`,
		);
		if (outcome.kind === "retry" || outcome.kind === "completed") this.#ended.delete(key);
		if (outcome.kind === "failed") this.#revoke(command.runId);
		if (outcome.kind === "completed" && outcome.closes !== null) this.#revoke(command.runId, outcome.closes);
	}

	/** Leases that ended with something else. */
	#revoke(runId: string, prefix = ""): void {
		for (const [key, lease] of this.#leases) {
			if (!key.startsWith(`${runId} ${prefix}`)) continue;
			lease.wasRevoked ||= !lease.hasEnded;
			lease.hasEnded = true;
			this.#ended.delete(key);
		}
	}

	#began({ runId, path, attempt, by, at }: Extract<CommitEvent, { call: "began" | "ended" }>): void {
		if (this.#isOwnerShared) return;
		const lease = this.#leases.get(`${runId} ${path}`);
		insist(lease !== undefined, "I7", () => `${path} began without a lease`);
		insist(attempt <= lease.attempt, "I7", () => `${path} began attempt ${attempt} before it was counted`);
		const isMine = this.#processOf.get(lease.owner) === by && lease.attempt === attempt;
		// Whoever was revoked by a retry or a failure elsewhere hears of it only after the fact.
		if (lease.hasEnded) return;
		const isRevoked = lease.heirTo !== null && this.#processOf.get(lease.heirTo) === by;
		if (isRevoked && this.isLive(lease.heirTo ?? "", at)) return;
		insist(isMine && this.isLive(lease.owner, at), "I13", () => `${by} began ${path} under a lease that had run out`);
	}

	isLive(owner: string, at: number): boolean {
		const expiresAt = this.#expiry.get(owner);
		return expiresAt !== undefined && expiresAt >= at;
	}
}
