import {
	type Attention,
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
	type EndedQuery,
	type EndedSeries,
	type HeldLease,
	type Hint,
	type InstanceCounts,
	type InstanceFilter,
	type InstancePage,
	type InstanceQuery,
	type InstanceRecord,
	type MatchCount,
	type PersistentBackend,
	type RegisterWorkerCommand,
	type RequestPage,
	type RequestQuery,
	type RetryNowCommand,
	type SettleCommand,
	type SettleResult,
	type SignalCommand,
	type SignalResult,
	type StoredValue,
	StoreUnusableError,
	type UnservedWork,
	type ValueSource,
	type WaitCount,
	type WaitPage,
	type WaitQuery,
	type WorkerRecord,
	type WorkflowDetail,
	type WorkflowSnapshot,
	type WorkflowSummary,
} from "@waymark/engine/backend";
import { listAttention } from "./attention.ts";
import { listRequests } from "./audit-list.ts";
import { CallsUnderWay } from "./calls-under-way.ts";
import { claim } from "./claims.ts";
import {
	checkClaim,
	checkControl,
	checkCreate,
	checkDelete,
	checkLeaseMs,
	checkPath,
	checkSettle,
	checkSignal,
} from "./command-checks.ts";
import type { CommitContext, HintCause, Touches } from "./commit-context.ts";
import { control } from "./control.ts";
import { create } from "./create.ts";
import { deleteInstance } from "./delete.ts";
import { readEnded } from "./ended-series.ts";
import type { SimpleCommand } from "./flush/flusher.ts";
import { countInstances, countMatching, listInstances } from "./instance-list.ts";
import { readOrphans } from "./orphans.ts";
import { settle } from "./settle.ts";
import { sendSignal } from "./signals.ts";
import { readDefinition, readInstance, readVersions, readWorkers } from "./single-reads.ts";
import { readSnapshot } from "./snapshot.ts";
import type { Sql } from "./sql.ts";
import type { Store } from "./store.ts";
import { readUnserved } from "./unserved.ts";
import type { ValueReads } from "./value-reads.ts";
import { countWaits, listWaits } from "./waits.ts";
import { held, reap, registerWorker, retireWorker } from "./workers.ts";
import { listWorkflows, readWorkflow } from "./workflow-stats.ts";

/** The contract over a database: commands go through the group commit, reads see one committed state. */
export class PrismaBackend implements PersistentBackend {
	readonly name: string;
	readonly #store: Store;
	readonly #release: () => Promise<void>;
	readonly #readOnly: boolean;
	readonly #unlisten = new Set<() => void>();
	readonly #calls: CallsUnderWay;

	/** `release` gives this user's share of the store back. */
	constructor(store: Store, release: () => Promise<void>, readOnly = false) {
		this.name = store.database.name;
		this.#calls = new CallsUnderWay(this.name);
		this.#store = store;
		this.#release = release;
		this.#readOnly = readOnly;
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

	/** Not async, which would add a promise and three turns of the queue to every step. */
	settle(command: SettleCommand): Promise<SettleResult> {
		try {
			checkSettle(command);
			const simple = { kind: "settle", command } as const;
			return this.#submit("settle", { runs: [command.runId] }, (ctx) => settle(ctx, command), simple);
		} catch (error) {
			return Promise.reject(error);
		}
	}

	async registerWorker(command: RegisterWorkerCommand): Promise<void> {
		checkLeaseMs(command.leaseMs);
		this.#assertWritable();
		const guard = await this.#calls.track(this.#store.deaths.guards.hold());
		return this.#submit("claim", {}, (ctx) => registerWorker(ctx, command, guard));
	}

	async heartbeat(workerId: string, leaseMs: number): Promise<{ readonly alive: boolean; readonly expiresAt: number }> {
		checkLeaseMs(leaseMs);
		this.#assertWritable();
		const { database } = this.#store;
		return this.#calls.track(database.renew(workerId, leaseMs));
	}

	async retireWorker(workerId: string): Promise<void> {
		// What it frees is news to every other worker.
		return this.#submit("control", { owners: [workerId] }, (ctx) => retireWorker(ctx, workerId));
	}

	async claim(command: ClaimCommand): Promise<ClaimResult> {
		checkClaim(command);
		const touches = command.runId === null ? {} : { runs: [command.runId] };
		return this.#submit("claim", touches, (ctx) => claim(ctx, command, this.#store.deaths));
	}

	async held(workerId: string): Promise<readonly HeldLease[]> {
		return this.#read((sql, now) => held(sql, now, workerId));
	}

	async reap(): Promise<number> {
		return this.#submit("control", {}, reap);
	}

	async sendSignal(command: SignalCommand): Promise<SignalResult> {
		checkSignal(command);
		const simple = { kind: "signal", command } as const;
		const touches = { instances: [command.instanceId] };
		return this.#submit("signal", touches, (ctx) => sendSignal(ctx, command), simple);
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

	async retryNow(command: RetryNowCommand): Promise<ControlResult> {
		checkPath(command.path);
		return this.#control("retryNow", command, command.path);
	}

	reveal(command: ControlCommand): Promise<ControlResult> {
		return this.#control("reveal", command);
	}

	async delete(command: DeleteCommand): Promise<DeleteResult> {
		checkDelete(command);
		return this.#submit("control", { instances: [command.instanceId] }, (ctx) => deleteInstance(ctx, command));
	}

	async getInstance(instanceId: string): Promise<InstanceRecord | null> {
		this.#calls.assertOpen();
		return this.#calls.track(readInstance(this.#store.database, instanceId));
	}

	async getSnapshot(runId: string, sinceVersion: number): Promise<WorkflowSnapshot | null> {
		return this.#read((sql, now) => readSnapshot(sql, now, runId, sinceVersion));
	}

	async getVersions(runIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
		return this.#read((sql) => readVersions(sql, runIds));
	}

	async getDefinition(hash: string): Promise<DefinitionRecord | null> {
		return this.#model(async () => readDefinition(await this.#store.prisma.get(), hash));
	}

	async listInstances(query: InstanceQuery): Promise<InstancePage> {
		return this.#read((sql, now) => listInstances(sql, now, query));
	}

	async countInstances(): Promise<InstanceCounts> {
		return this.#read(countInstances);
	}

	async countMatching(filter: InstanceFilter): Promise<MatchCount> {
		return this.#read((sql, now) => countMatching(sql, now, filter));
	}

	async listWaits(query: WaitQuery): Promise<WaitPage> {
		return this.#read((sql, now) => listWaits(sql, now, query));
	}

	async countWaits(): Promise<readonly WaitCount[]> {
		return this.#read(countWaits);
	}

	async listRequests(query: RequestQuery): Promise<RequestPage> {
		return this.#read((sql, now) => listRequests(sql, now, query));
	}

	async listAttention(limit: number): Promise<Attention> {
		return this.#read((sql, now) => listAttention(sql, now, limit));
	}

	async readEnded(query: EndedQuery): Promise<EndedSeries> {
		return this.#read((sql, now) => readEnded(sql, now, query));
	}

	async listWorkflows(): Promise<readonly WorkflowSummary[]> {
		return this.#read(listWorkflows);
	}

	async readWorkflow(workflow: string): Promise<WorkflowDetail | null> {
		return this.#read((sql, now) => readWorkflow(sql, now, workflow));
	}

	async readValues(runId: string, sources: readonly ValueSource[]): Promise<readonly (StoredValue | null)[]> {
		return this.#values((reads) => reads.values(runId, sources));
	}

	async readOutputs(runId: string, paths: readonly string[]): Promise<readonly (string | null)[]> {
		return this.#values((reads) => reads.outputs(runId, paths));
	}

	async listWorkers(): Promise<readonly WorkerRecord[]> {
		return this.#read(readWorkers);
	}

	async listOrphans(): Promise<readonly InstanceRecord[]> {
		return this.#read(readOrphans);
	}

	async listUnserved(): Promise<readonly UnservedWork[]> {
		return this.#read(readUnserved);
	}

	get hearsOthers(): boolean {
		return this.#store.database.hearsOthers;
	}

	onHint(listener: (hint: Hint) => void): () => void {
		this.#calls.assertOpen();
		const end = this.#store.hints.listen(listener);
		this.#unlisten.add(end);
		return () => {
			end();
			this.#unlisten.delete(end);
		};
	}

	async close(): Promise<void> {
		if (!this.#calls.close()) return;
		for (const end of this.#unlisten) end();
		await this.#calls.ended();
		await this.#release();
	}

	async #control(kind: ControlKind, command: ControlCommand, path: string | null = null): Promise<ControlResult> {
		checkControl(command);
		return this.#submit("control", { instances: [command.instanceId] }, (ctx) => control(ctx, kind, command, path));
	}

	#submit<T>(
		cause: HintCause,
		touches: Touches,
		body: (ctx: CommitContext) => Promise<T>,
		simple: SimpleCommand | null = null,
	): Promise<T> {
		this.#assertWritable();
		this.#calls.begin();
		return this.#store.committer.submit(cause, touches, body, simple, this.#calls);
	}

	#read<T>(work: (sql: Sql, now: number) => Promise<T>): Promise<T> {
		this.#calls.assertOpen();
		return this.#calls.track(this.#store.database.read(work));
	}

	#values<T>(ask: (reads: ValueReads) => Promise<T>): Promise<T> {
		this.#calls.assertOpen();
		return this.#calls.track(ask(this.#store.values));
	}

	#model<T>(work: () => Promise<T>): Promise<T> {
		this.#calls.assertOpen();
		return this.#calls.track(this.#store.database.patiently(work));
	}

	/** The database would refuse as well; this says why, before anything is queued. */
	#assertWritable(): void {
		this.#calls.assertOpen();
		if (!this.#readOnly) return;
		throw new StoreUnusableError(this.name, "it was opened for reading alone. Open it without readOnly to change it.");
	}
}
