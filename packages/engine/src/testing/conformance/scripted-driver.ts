import { expect, it } from "vitest";
import type {
	ClaimCommand,
	ClaimResult,
	ControlCommand,
	CreateCommand,
	CreateResult,
	Grant,
	OpenSpec,
	SettleCommand,
	SettleOutcome,
	SettleResult,
	SignalCommand,
	SignalResult,
} from "../../backend/commands.ts";
import type { PersistentBackend } from "../../backend/contract.ts";
import type { InstanceRecord, OpenNodeRecord, WorkerProfile, WorkflowSnapshot } from "../../backend/rows.ts";
import type { Clock } from "../../core/clock.ts";
import type { Ids } from "../../core/ids.ts";
import { FakeClock } from "../fake-clock.ts";
import { sequentialIds } from "../sequential-ids.ts";
import { completed, definition, ready, value } from "./command-builders.ts";

export type OpenBackend = (options: { readonly clock: Clock; readonly ids: Ids }) => Promise<PersistentBackend>;

/** Lease of the workers that a case registers. */
export const LEASE_MS = 15_000;

type Created = Extract<CreateResult, { readonly kind: "created" }>;
type Settled = Extract<SettleResult, { readonly kind: "settled" }>;

/** Sends commands as runner, worker and client would, one by one, and looks at what is stored. */
export class ScriptedDriver {
	readonly clock: FakeClock;
	readonly ids: Ids;
	readonly backend: PersistentBackend;

	private constructor(backend: PersistentBackend, clock: FakeClock, ids: Ids) {
		this.backend = backend;
		this.clock = clock;
		this.ids = ids;
	}

	static async open(open: OpenBackend): Promise<ScriptedDriver> {
		const clock = new FakeClock();
		const backend = await open({ clock, ids: sequentialIds("backend") });
		return new ScriptedDriver(backend, clock, sequentialIds());
	}

	async worker(workerId = this.ids.next(), leaseMs = LEASE_MS): Promise<string> {
		await this.backend.registerWorker({ workerId, name: `name of ${workerId}`, slots: 10, leaseMs });
		return workerId;
	}

	/** A worker that tells what it can run. */
	async workerFor(can: Partial<WorkerProfile>): Promise<string> {
		const workerId = this.ids.next();
		const profile = { host: "north", pid: 7, version: "1.2.3", tags: [], definitions: [], ...can };
		await this.backend.registerWorker({ workerId, name: workerId, slots: 10, leaseMs: LEASE_MS, profile });
		return workerId;
	}

	/** Lets the leases of every worker registered so far run out. */
	expireAll(): void {
		this.clock.advance(LEASE_MS + 1);
	}

	createCommand(instanceId: string, open: readonly OpenSpec[], details: Partial<CreateCommand> = {}): CreateCommand {
		return {
			runId: this.ids.next(),
			instanceId,
			definition: definition(),
			input: value({ of: instanceId }),
			labels: {},
			open,
			onConflict: "fail",
			grantTo: null,
			by: "tester",
			...details,
		};
	}

	/** Starts an instance; its nodes are left to be claimed unless `grantTo` says otherwise. */
	async start(instanceId: string, open: readonly OpenSpec[], details: Partial<CreateCommand> = {}): Promise<Created> {
		const result = await this.backend.create(this.createCommand(instanceId, open, details));
		if (result.kind !== "created") throw new Error(`expected to create ${instanceId}, but: ${result.kind}`);
		return result;
	}

	/** Starts an instance whose only node is leased to the worker. */
	async startLeased(instanceId: string, path: string, owner: string): Promise<Grant> {
		const open = [ready(path)];
		const { grants } = await this.start(instanceId, open, { grantTo: { owner, slots: 1 } });
		return only(grants);
	}

	claim(owner: string, details: Partial<ClaimCommand> = {}): Promise<ClaimResult> {
		const definitions = [definition().hash];
		return this.backend.claim({ owner, slots: 10, definitions, tags: [], runId: null, ...details });
	}

	async claimOne(owner: string, details: Partial<ClaimCommand> = {}): Promise<Grant> {
		return only((await this.claim(owner, details)).grants);
	}

	settleCommand(grant: Grant, owner: string, outcome: SettleOutcome, slots = 0): SettleCommand {
		const { runId, path, epoch } = grant;
		const now = this.clock.now();
		return { runId, path, owner, epoch, startedAt: now - 7, finishedAt: now, outcome, slots };
	}

	settle(grant: Grant, owner: string, outcome: SettleOutcome, slots = 0): Promise<SettleResult> {
		return this.backend.settle(this.settleCommand(grant, owner, outcome, slots));
	}

	/** Settles, and insists that it was settled. */
	async settled(grant: Grant, owner: string, outcome: SettleOutcome, slots = 0): Promise<Settled> {
		const result = await this.settle(grant, owner, outcome, slots);
		if (result.kind !== "settled") throw new Error(`expected ${grant.path} to be settled, but: ${result.kind}`);
		return result;
	}

	/** Completes the node and the instance with it. */
	finish(grant: Grant, owner: string): Promise<Settled> {
		return this.settled(grant, owner, completed(grant.path, { result: grant.path }));
	}

	request(instanceId: string, details: Partial<ControlCommand> = {}): ControlCommand {
		const requestId = this.ids.next();
		return { requestId, instanceId, by: "operator", reason: "because", expectedRunId: null, ...details };
	}

	signal(instanceId: string, name: string, details: Partial<SignalCommand> = {}): Promise<SignalResult> {
		const signalId = this.ids.next();
		const payload = value({ signal: signalId });
		return this.backend.sendSignal({
			signalId,
			instanceId,
			name,
			payload,
			idempotencyKey: null,
			by: "sender",
			grantTo: null,
			...details,
		});
	}

	async instance(instanceId: string): Promise<InstanceRecord> {
		const instance = await this.backend.getInstance(instanceId);
		if (instance === null) throw new Error(`expected ${instanceId} to exist`);
		return instance;
	}

	/** Its status, or the pending request that will change it. */
	async stateOf(instanceId: string): Promise<string> {
		const { status, control } = await this.instance(instanceId);
		return control === "none" ? status : control;
	}

	async snapshot(runId: string, sinceVersion = 0): Promise<WorkflowSnapshot> {
		const snapshot = await this.backend.getSnapshot(runId, sinceVersion);
		if (snapshot === null) throw new Error(`expected run ${runId} to exist`);
		return snapshot;
	}

	async openNode(runId: string, path: string): Promise<OpenNodeRecord> {
		const node = (await this.snapshot(runId)).openNodes.find((open) => open.path === path);
		if (node === undefined) throw new Error(`expected ${path} to be open`);
		return node;
	}

	/** State of every open node, by path. */
	async openStates(runId: string): Promise<Record<string, string>> {
		const { openNodes } = await this.snapshot(runId);
		return Object.fromEntries(openNodes.map(({ path, state }) => [path, state]));
	}
}

/** The one element of a list that must have just one. */
export function only<T>(list: readonly T[]): T {
	expect(list).toHaveLength(1);
	return list[0] as T;
}

/** Element of a list that must be there. */
export function nth<T>(list: readonly T[], index: number): T {
	expect(list.length).toBeGreaterThan(index);
	return list[index] as T;
}

export type Case = (name: string, body: (driver: ScriptedDriver) => Promise<void>) => void;

/** Declares cases that each get a backend of their own. */
export function casesOver(open: OpenBackend): Case {
	return (name, body) => {
		it(name, async () => {
			const driver = await ScriptedDriver.open(open);
			try {
				await body(driver);
			} finally {
				await driver.backend.close();
			}
		});
	};
}
