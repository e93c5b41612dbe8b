import {
	BackendClosedError,
	type ClaimCommand,
	type ClaimResult,
	type ControlCommand,
	type ControlKind,
	type ControlResult,
	type CreateCommand,
	type CreateResult,
	type DefinitionRecord,
	type DeleteCommand,
	type DeleteResult,
	type HeldLease,
	type Hint,
	type InstanceCounts,
	type InstancePage,
	type InstanceQuery,
	type InstanceRecord,
	type PersistentBackend,
	type RegisterWorkerCommand,
	type SettleCommand,
	type SettleResult,
	type SignalCommand,
	type SignalResult,
	type StoredValue,
	type ValueSource,
	type WorkerRecord,
	type WorkflowSnapshot,
} from "@waymark/engine/backend";
import { claim } from "./claims.ts";
import {
	checkClaim,
	checkControl,
	checkCreate,
	checkDelete,
	checkLeaseMs,
	checkSettle,
	checkSignal,
} from "./command-checks.ts";
import type { CommitContext, HintCause, Touches } from "./commit-context.ts";
import { control } from "./control.ts";
import { create } from "./create.ts";
import { deleteInstance } from "./delete.ts";
import type { SimpleCommand } from "./flush/flusher.ts";
import { countInstances, listInstances } from "./instance-list.ts";
import { readOrphans } from "./orphans.ts";
import { settle } from "./settle.ts";
import { sendSignal } from "./signals.ts";
import { readDefinition, readInstance, readWorkers } from "./single-reads.ts";
import { readSnapshot } from "./snapshot.ts";
import type { Sql } from "./sql.ts";
import type { Store } from "./store.ts";
import { readOutputs, readValues } from "./values.ts";
import { heartbeat, held, reap, registerWorker, retireWorker } from "./workers.ts";

/** The contract over a database: commands go through the group commit, reads see one committed state. */
export class PrismaBackend implements PersistentBackend {
	readonly name: string;
	readonly #store: Store;
	readonly #release: () => Promise<void>;
	readonly #unlisten = new Set<() => void>();
	readonly #pending = new Set<Promise<unknown>>();
	#closed = false;

	/** `release` gives this user's share of the store back. */
	constructor(store: Store, release: () => Promise<void>) {
		this.name = store.database.name;
		this.#store = store;
		this.#release = release;
	}

	async create(command: CreateCommand): Promise<CreateResult> {
		checkCreate(command);
		return this.#submit(
			"create",
			{ runs: [command.runId], instances: [command.instanceId] },
			(ctx) => create(ctx, command),
			{ kind: "create", command },
		);
	}

	async settle(command: SettleCommand): Promise<SettleResult> {
		checkSettle(command);
		const simple = { kind: "settle", command } as const;
		return this.#submit("settle", { runs: [command.runId] }, (ctx) => settle(ctx, command), simple);
	}

	async registerWorker(command: RegisterWorkerCommand): Promise<void> {
		checkLeaseMs(command.leaseMs);
		return this.#submit("claim", {}, (ctx) => registerWorker(ctx, command));
	}

	async heartbeat(workerId: string, leaseMs: number): Promise<{ readonly alive: boolean; readonly expiresAt: number }> {
		checkLeaseMs(leaseMs);
		return this.#submit("claim", {}, (ctx) => heartbeat(ctx, workerId, leaseMs));
	}

	async retireWorker(workerId: string): Promise<void> {
		// What it frees is news to every other worker.
		return this.#submit("control", { owners: [workerId] }, (ctx) => retireWorker(ctx, workerId));
	}

	async claim(command: ClaimCommand): Promise<ClaimResult> {
		checkClaim(command);
		const touches = command.runId === null ? {} : { runs: [command.runId] };
		return this.#submit("claim", touches, (ctx) => claim(ctx, command));
	}

	async held(workerId: string): Promise<readonly HeldLease[]> {
		return this.#read((sql, now) => held(sql, now, workerId));
	}

	async reap(): Promise<number> {
		return this.#submit("control", {}, reap);
	}

	async sendSignal(command: SignalCommand): Promise<SignalResult> {
		checkSignal(command);
		return this.#submit("signal", { instances: [command.instanceId] }, (ctx) => sendSignal(ctx, command));
	}

	pause(command: ControlCommand): Promise<ControlResult> {
		return this.#control("pause", command);
	}

	unpause(command: ControlCommand): Promise<ControlResult> {
		return this.#control("unpause", command);
	}

	cancel(command: ControlCommand): Promise<ControlResult> {
		return this.#control("cancel", command);
	}

	retry(command: ControlCommand): Promise<ControlResult> {
		return this.#control("retry", command);
	}

	async delete(command: DeleteCommand): Promise<DeleteResult> {
		checkDelete(command);
		return this.#submit("control", { instances: [command.instanceId] }, (ctx) => deleteInstance(ctx, command));
	}

	async getInstance(instanceId: string): Promise<InstanceRecord | null> {
		return this.#read((sql, now) => readInstance(sql, now, instanceId));
	}

	async getSnapshot(runId: string, sinceVersion: number): Promise<WorkflowSnapshot | null> {
		return this.#read((sql, now) => readSnapshot(sql, now, runId, sinceVersion));
	}

	async getDefinition(hash: string): Promise<DefinitionRecord | null> {
		return this.#model(() => readDefinition(this.#store.prisma, hash));
	}

	async listInstances(query: InstanceQuery): Promise<InstancePage> {
		const now = await this.#read(async (_sql, databaseNow) => databaseNow);
		return this.#model(() => listInstances(this.#store.prisma, now, query));
	}

	async countInstances(): Promise<InstanceCounts> {
		return this.#model(() => countInstances(this.#store.prisma));
	}

	async readValues(runId: string, sources: readonly ValueSource[]): Promise<readonly (StoredValue | null)[]> {
		return this.#read((sql) => readValues(sql, runId, sources));
	}

	async readOutputs(runId: string, paths: readonly string[]): Promise<readonly (string | null)[]> {
		return this.#read((sql) => readOutputs(sql, runId, paths));
	}

	async listWorkers(): Promise<readonly WorkerRecord[]> {
		return this.#read(readWorkers);
	}

	async listOrphans(): Promise<readonly InstanceRecord[]> {
		return this.#read(readOrphans);
	}

	onHint(listener: (hint: Hint) => void): () => void {
		this.#assertOpen();
		const end = this.#store.hints.listen(listener);
		this.#unlisten.add(end);
		return () => {
			end();
			this.#unlisten.delete(end);
		};
	}

	async close(): Promise<void> {
		if (this.#closed) return;
		this.#closed = true;
		for (const end of this.#unlisten) end();
		await Promise.allSettled(this.#pending);
		await this.#release();
	}

	async #control(kind: ControlKind, command: ControlCommand): Promise<ControlResult> {
		checkControl(command);
		return this.#submit("control", { instances: [command.instanceId] }, (ctx) => control(ctx, kind, command));
	}

	#submit<T>(
		cause: HintCause,
		touches: Touches,
		body: (ctx: CommitContext) => Promise<T>,
		simple: SimpleCommand | null = null,
	): Promise<T> {
		this.#assertOpen();
		return this.#track(this.#store.committer.submit(cause, touches, body, simple));
	}

	#read<T>(work: (sql: Sql, now: number) => Promise<T>): Promise<T> {
		this.#assertOpen();
		return this.#track(this.#store.database.read(work));
	}

	#model<T>(work: () => Promise<T>): Promise<T> {
		this.#assertOpen();
		return this.#track(work());
	}

	#assertOpen(): void {
		if (this.#closed) throw new BackendClosedError(this.name);
	}

	/** `close` waits for what is under way. */
	#track<T>(promise: Promise<T>): Promise<T> {
		this.#pending.add(promise);
		const forget = () => {
			this.#pending.delete(promise);
		};
		promise.then(forget, forget);
		return promise;
	}
}
